"""The page on which a text is pasted."""
