"""The formats that findings may be printed and written in."""

REPORTS = ("github", "gitlab", "junit", "markdown", "sarif")
"""Those for other programs, each a file of `cli/reports`."""
