"""Kharita: finds the places that news articles name and draws them on an offline map."""

__all__ = ["__version__"]

__version__ = "0.1.0"
