"""Rendered faces: factors, MakeHuman's mesh with morph targets, hair, glasses and shading."""
