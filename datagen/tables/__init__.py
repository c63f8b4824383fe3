"""Data sets of codes without images: word vectors and the Swiss roll."""
