"""The first page: map, timeline, and the panel beside them."""
