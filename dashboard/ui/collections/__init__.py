"""The page of collections."""
