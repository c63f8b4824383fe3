"""Directions in a latent space: of attributes, of marked samples, of most variance; evidence."""
