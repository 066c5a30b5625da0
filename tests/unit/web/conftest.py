"""What the tests of the web room share."""

from asking import ask

__all__ = ["ask"]
