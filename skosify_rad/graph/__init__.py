"""The graph as a value: how it is assembled from stated triples, and how SKOS from elsewhere is read into it."""
