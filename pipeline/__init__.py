"""Lockstep: multilingual pages that stay in step with their English source."""

__version__ = "0.1.0"
