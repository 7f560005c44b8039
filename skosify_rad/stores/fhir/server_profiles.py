"""What is known of FHIR servers beyond what they say of themselves, as measured with each."""

from __future__ import annotations

from typing import Final, NamedTuple


class ServerProfile(NamedTuple):
    """How a kind of server is to be treated."""

    name: str
    """What it is called here."""
    software: tuple[str, ...]
    """Words of the software's name in its CapabilityStatement, in lower case."""
    by_bundle: bool
    """It carries out a transaction whole or not at all; others get one request a resource."""
    indexes_later: bool
    """Codes are known some time after they were stored."""
    keeps_expansions: bool
    """Expansions are kept until they are declared invalid, whatever becomes of the code system."""


HAPI: Final = ServerProfile("HAPI", ("hapi",), by_bundle=True, indexes_later=True, keeps_expansions=True)
HTS: Final = ServerProfile("Helios", ("helios", "hts"), by_bundle=False, indexes_later=False, keeps_expansions=False)
OTHER: Final = ServerProfile("FHIR server", (), by_bundle=False, indexes_later=True, keeps_expansions=False)
"""Single requests are what every server understands."""


def find_server(software: str) -> ServerProfile:
    """Return the profile of a server by the name of its software.

    >>> find_server("HAPI FHIR Server 8.8.0").name
    'HAPI'
    """
    words = software.lower().replace("-", " ").split()
    return next((known for known in (HAPI, HTS) if any(word in words for word in known.software)), OTHER)
