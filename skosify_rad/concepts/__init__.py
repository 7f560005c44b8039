"""Statements in the words of notes -> concepts with identifiers, and stated triples."""
