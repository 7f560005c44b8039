"""What each signal is worth: data, set by hand and measured leaving one author out.

A set of names is accepted where the sum of its signals reaches the threshold; then each item by its own.
"""

from types import MappingProxyType
from typing import Final

KIND_SETS: Final = MappingProxyType(
    {
        "announced": 3.5,
        "announced-weakly": 1.2,
        "led-by-count": 1.2,
        "nested": 2.0,
        "in-field": -3.0,
        "in-causes": -4.0,
        "names": 1.2,
        "head": 3.0,
        "names-parent": 1.5,
        "things": 0.8,
        "linked": 0.4,
        "own-folder": 4.0,
        "qualifiers": 1.3,
        "divides-thing": 0.6,
        "grades": 4.9,
        "scale": 2.5,
        "codes": 1.2,
        "ladder": 2.0,
        "parallel": 0.8,
        "opens-note": 1.5,
        "intro": 0.8,
        "plural-class": 1.0,
        "class-members": 2.4,
        "class-headings": 1.9,
        "series": 2.0,
        "acrostic": -2.0,
        "below-words": -1.0,
        "below-phrase": -2.0,
        "name-column": 2.0,
        "fields": -3.5,
        "remarks": -3.0,
        "single": -0.5,
        "lone-heading": -3.0,
        "lone-adjective": -2.0,
    }
)
"""Signal of a set -> what a share of 1 adds."""
KIND_SET_THRESHOLD: Final = 3.0

KIND_ITEMS: Final = MappingProxyType(
    {
        "set": 0.3,
        "marked": 0.4,
        "linked": 1.0,
        "known": 0.8,
        "thing": 0.8,
        "cjk": 0.5,
        "head": 1.0,
        "grade": 1.0,
        "qualifier": 0.7,
        "short": 0.5,
        "nobody": -9.0,
        "field": -2.5,
        "announces": -3.0,
        "remark": -2.0,
        "verb": -2.0,
        "long": -1.5,
    }
)
"""Signal of an item -> what it adds."""
KIND_ITEM_THRESHOLD: Final = 0.5

DIFFERENTIAL_ITEMS: Final = MappingProxyType(
    {
        "set": 1.0,
        "marked": 0.5,
        "linked": 1.5,
        "known": 1.0,
        "thing": 1.0,
        "cjk": 0.8,
        "grade": -1.0,
        "qualifier": -0.3,
        "short": 0.5,
        "nobody": -9.0,
        "field": -3.0,
        "announces": -3.0,
        "remark": -2.0,
        "verb": -2.0,
        "long": -1.5,
        "quantity": -1.5,
        "lower": -0.2,
    }
)
DIFFERENTIAL_ITEM_THRESHOLD: Final = 0.5
