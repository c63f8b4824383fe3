"""What belongs to one visitor: own models and data, uploads within a budget, the tray."""
