"""The Compare page: what two models see differently in the same images."""
