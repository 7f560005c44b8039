"""A folder of Markdown -> notes: files, front matter, links, roles, directives."""
