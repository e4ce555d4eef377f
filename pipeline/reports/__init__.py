"""Reports: each module here shows the same figures and findings to one kind of reader."""
