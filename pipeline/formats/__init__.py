"""Source formats: each module reads one kind of text into a Document and registers itself as one record."""
