"""What a locale shows → pages, manifest and status page → `dist/`."""
