"""PyTorch modules of strangers: state dicts with their class, and what ONNX is exported from."""
