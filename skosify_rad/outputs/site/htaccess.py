"""Rules for w3id.org or an Apache server: they lead from the scheme's or a concept's address to the form asked for."""

from typing import Final

from skosify_rad.model.config import Config

_RULES: Final = """\
# Made by rad2skos. Put it as .htaccess into the folder that the vocabulary's base points to (w3id.org: a pull request),
# with the address of the site in the place of {site}.
# Apache cannot weigh q-values: who names Turtle or JSON-LD gets it, everybody else gets the page.
Options +FollowSymLinks
RewriteEngine on
RewriteCond %{{HTTP_ACCEPT}} text/turtle
RewriteRule ^$ {site}site/concepts.ttl [R=303,L]
RewriteCond %{{HTTP_ACCEPT}} application/ld\\+json
RewriteRule ^$ {site}site/concepts.jsonld [R=303,L]
RewriteRule ^$ {site} [R=303,L]
RewriteCond %{{HTTP_ACCEPT}} text/turtle
RewriteRule ^([\\w/-]+)$ {site}$1.ttl [R=303,L]
RewriteCond %{{HTTP_ACCEPT}} application/ld\\+json
RewriteRule ^([\\w/-]+)$ {site}$1.jsonld [R=303,L]
RewriteRule ^([\\w/-]+)$ {site}$1.html [R=303,L]
"""


def write_htaccess(config: Config) -> bytes:
    """Return the rules; an example address stands in them where `[site] url` is not configured."""
    url = "".join(c for c in config.site.url if c.isprintable() and c not in ' "<>\\$%').rstrip("/")
    return _RULES.format(site=f"{url or 'https://example.org/site'}/").encode("utf-8", "replace")
