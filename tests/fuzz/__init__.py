"""Fuzzing what reads bytes of strangers: targets with their laws, a kept corpus, and a run of any length."""
