"""The page on which mentions are checked."""
