"""The Uses page: one module per use, each found by its ``USE``."""
