"""What the lesson on uses draws and measures."""
