"""Statements in the notes' words -> concepts with identifiers, and stated triples."""
