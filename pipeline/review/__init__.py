"""Who signed for a text, what is withdrawn, what somebody accepted."""
