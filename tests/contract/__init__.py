"""The contract: every target against a real server, and whatever can break on the way."""
