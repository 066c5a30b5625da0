"""What a person reads, in Arabic, English and French: words, plural forms, numbers, dates.

How to add words: put the message into each of `locale/{ar,en,fr}/kharita.po`, beside those that it is read with::

    #. Where it is read, if the words alone don't tell a translator.
    #, python-brace-format
    msgctxt "card_found"
    msgid "{n} article of {source}"
    msgid_plural "{n} articles of {source}"
    msgstr[0] "..."

`msgctxt` is the key, `msgid` the English (`msgid_plural` only for what counts, the flag only where there are
`{blanks}`), `msgstr` the translation: six forms in Arabic (zero, one, two, few, many, other), three in French (one,
many, other); in the English file it stays empty. Then `words("card_found", n=3, source=...)` says it.
tests/unit/words finds what is missing, not used or badly formed. docs/translate.md has more.
"""

from dashboard.words.catalogue import LANGUAGES, messages
from dashboard.words.language import NUMERALS, Strings, strings

__all__ = ["LANGUAGES", "NUMERALS", "Strings", "messages", "strings"]
