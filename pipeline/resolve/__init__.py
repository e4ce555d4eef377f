"""Which text is shown, and why: the only place that decides."""
