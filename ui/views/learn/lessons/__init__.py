"""One module per lesson, each with its ``LESSON``."""
