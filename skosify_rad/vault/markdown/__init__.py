"""Markdown -> blocks with their places, and inline Markdown -> plain text with links."""
