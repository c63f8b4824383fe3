"""The Open page: one's own model and one's own data."""
