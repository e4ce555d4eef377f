"""What became of each English text, and how grave that was."""
