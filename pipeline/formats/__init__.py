"""Source formats: each module here reads one kind of text into a Document."""
