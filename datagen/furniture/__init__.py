"""Rendered furniture: factors, a parametric model of each piece, and its rendering."""
