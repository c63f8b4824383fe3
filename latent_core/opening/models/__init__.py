"""Opening a stranger's model: read its files, find out how they are used, install them."""
