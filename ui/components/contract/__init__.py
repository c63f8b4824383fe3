"""One contract between Python and the browser: shared constants, payload types, events.

``python -m ui.components.contract`` writes what the browser has of it.
"""
