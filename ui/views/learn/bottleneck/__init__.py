"""The steps of the lesson on the bottleneck: states, checks and reasons."""
