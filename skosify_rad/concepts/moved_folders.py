"""Find what replaced the collection of a folder that was renamed, moved, split or merged: where its members are now."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from skosify_rad.concepts.sketches import MOSTLY


def find_moved(former: Mapping[str, str], now: Mapping[str, str], gone: Iterable[str]) -> dict[str, list[str]]:
    """Return collection -> the collections that each hold at least a third of its members that are left.

    `former` and `now` hold the collection of each member, which may be a collection itself; `gone` the collections of
    folders that are no more. A folder of folders is followed by what replaced these.
    """
    moves: dict[str, Counter[str]] = defaultdict(Counter)
    for member, folder in now.items():
        if member in former:
            moves[former[member]][folder] += 1
    found: dict[str, list[str]] = {}
    for folder in sorted(gone, key=lambda f: (-f.count("/"), f)):  # the innermost first
        counts = moves[folder]
        found[folder] = sorted(i for i, number in counts.items() if number >= MOSTLY * counts.total())
        for other in found[folder]:
            if folder in former and other in now:
                moves[former[folder]][now[other]] += 1
    return found
