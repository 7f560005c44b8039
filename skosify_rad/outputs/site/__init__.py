"""A static site of the vocabulary: a page for each concept, comparison, differentials, graph, search.

Beside the formats, each of which is one file, this is a folder of files. Design and measurements: docs/outputs/site.md.
"""

from skosify_rad.outputs.site.pages import make_site
from skosify_rad.outputs.site.site_folder import SiteReceipt, write_site

__all__ = ["SiteReceipt", "make_site", "write_site"]
