"""Classes: the server's address in the local network, a teacher's link, and its QR code."""
