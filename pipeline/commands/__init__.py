"""One use case a file: values in, values out."""
