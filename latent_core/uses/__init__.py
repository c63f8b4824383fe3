"""Uses of codes, each with its figures on held-out samples beside baselines.

`outliers` ranks samples by how little they belong, `label_errors` by how little their label fits;
`classification` measures how many labels a classifier needs; `clusters` divides codes into groups,
`cluster_figures` measures their stability and agreement with labels; `recommendation` ranks samples
by their likeness to some, `retrieval` measures its precision; `denoising` measures how well
corrupted images are restored, and `compression` how few bytes hold an image.
The baselines of codes are the principal components of pixels (`pixel_components`): as many as the
code has dimensions, and the first 128.
"""
