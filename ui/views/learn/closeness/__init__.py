"""The steps of the lesson on nearness: states, checks and reasons."""
