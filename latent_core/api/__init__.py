"""The functions of `latent_core` that take plain arrays as well as the library's values.

Arrays need no card and no files.  What is computed from a data set and an installed model is
cached on disk; what is computed from an array is not.
"""
