"""The page of the feeds that keep a store up to date."""
