"""The audit: what readers get, held to what the manifest says, without what made it."""
