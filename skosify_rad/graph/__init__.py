"""The RDF graph: assembled from stated triples, or read from SKOS files."""
