"""What the lesson on faces draws and measures."""
