"""The work of each language of a build: decided, rendered, taken as it stands; in one process, several, or on several machines."""
