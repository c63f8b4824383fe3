"""Paths between codes with their distances to the data, and their export: for several pages."""
