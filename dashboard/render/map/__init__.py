"""Frames to the map: folium layers, legends, the base map."""
