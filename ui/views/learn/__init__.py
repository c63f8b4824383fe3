"""Lessons on latent spaces: each is one module of `ui.views.learn.lessons`."""
