"""What runs first: warm-up of libraries, HTTP headers, the script before the app."""
