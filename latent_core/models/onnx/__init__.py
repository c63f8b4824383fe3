"""Models of strangers as two ONNX graphs, run in a process of their own."""
