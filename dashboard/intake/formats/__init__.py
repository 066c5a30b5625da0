"""One file a format: bytes and a name in, an article or a failure out; nothing else is known here."""
