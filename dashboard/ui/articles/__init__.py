"""The page on which stored articles are put right."""
