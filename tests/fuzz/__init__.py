"""Mutation fuzzing of every parser of foreign files: ``python -m tests.fuzz --runs 1000000``."""
