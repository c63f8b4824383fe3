"""Attributes and directions of a space, as tables and groups of sliders."""
