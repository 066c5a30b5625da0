"""Frames to what stands beside the map: cards, lists, the reader, review."""
