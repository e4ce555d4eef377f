"""Values, settings and files: what every other room rests on."""
