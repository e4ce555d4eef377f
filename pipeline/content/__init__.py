"""What editors and designers write: source files and templates → documents and their messages."""
