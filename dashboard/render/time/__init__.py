"""The timeline, its tools and the film."""
