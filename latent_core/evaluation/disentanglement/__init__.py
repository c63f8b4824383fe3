"""Scores of disentanglement: how well single latent dimensions stand for single factors."""
