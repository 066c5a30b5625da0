"""What a person reads, in Arabic, English and French: words, plural forms, numbers, dates."""
