"""A folder of Markdown -> notes, with front matter, links, roles and directives."""
