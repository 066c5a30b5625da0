"""The page of saved views."""
