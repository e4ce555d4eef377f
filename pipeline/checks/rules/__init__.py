"""One rule a file, named by the code it prints."""
