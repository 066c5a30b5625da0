"""Learns how Arabic spells place names written in Latin letters; used by `make_generated_names.py`."""
