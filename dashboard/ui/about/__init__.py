"""The page that says what this is."""
