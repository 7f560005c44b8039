"""How good extraction is, measured against what an expert wants from each note; see docs/extraction.md."""
