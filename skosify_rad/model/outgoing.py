"""What leaves the program as a message: without known secrets, without control characters."""

import base64
from typing import Final
from urllib.parse import quote

MASK: Final = "***"
_secrets: Final[set[str]] = set()


def keep_secret(secret: str, user: str = "") -> None:
    """Remember a password or token, and the forms in which servers may echo it, so that no message shows it."""
    if secret:
        basic = base64.b64encode(f"{user}:{secret}".encode(errors="surrogateescape")).decode()
        _secrets.update({secret, quote(secret, safe="", errors="surrogateescape"), basic, repr(secret)[1:-1]})


def clean_message(text: str, keep: str = "") -> str:
    r"""Return a message with secrets masked and control characters, except those in `keep`, replaced by spaces.

    >>> clean_message("no such file: a\x1b[2Jb")
    'no such file: a [2Jb'
    """
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text if text.isprintable() else "".join(c if c.isprintable() or c in keep else " " for c in text)
