"""The steps of the lesson on chairs and desks: states, checks and reasons."""
