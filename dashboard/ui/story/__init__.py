"""The page of one story."""
