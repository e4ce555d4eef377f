"""What a text says, in any language: words, numbers, units, times, names; and how alike two texts are."""
