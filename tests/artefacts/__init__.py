"""Small files as their libraries' users make them."""
