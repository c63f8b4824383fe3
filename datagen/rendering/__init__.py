"""The software renderer that faces and furniture share: numpy, and loops compiled by numba."""
