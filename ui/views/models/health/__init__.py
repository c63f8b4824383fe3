"""The Models page opened on one model: its health."""
