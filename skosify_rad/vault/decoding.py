"""The bytes of a note as text."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

_WIDE: Final = (BOM_UTF16_LE, BOM_UTF16_BE)


def decode_text(data: bytes) -> tuple[str, int]:
    """Return the text with line ends normalised, and the first line that is not UTF-8 (0 if none)."""
    line = 0
    try:
        text = data.decode("utf-16") if data[:2] in _WIDE else data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = data.decode("cp1252", "replace")
    return (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text), line
