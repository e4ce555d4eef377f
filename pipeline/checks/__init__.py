"""What a translation is held to: rules, glossary, levels."""
