"""Uses of codes, each with its figures on held-out samples beside baselines.

`outliers` ranks samples by how little they belong, `label_errors` by how little their label fits;
`classification` measures how many labels a classifier needs; `denoising` how well corrupted images
are restored, and `compression` how few bytes hold an image.
The baselines of codes are the principal components of pixels (`pixel_components`): as many as the
code has dimensions, and the first 128.
"""
