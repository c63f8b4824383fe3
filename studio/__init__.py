"""Pictures made from a known cause: every one comes with the factors that it was rendered from."""
