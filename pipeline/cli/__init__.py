"""The door: argv → verb → exit code. The only place that prints."""
