"""The Samples page: random codes, decoded, and what they are worth."""
