"""Outlines: the analyst's own words of an official report, with its figures by name, and the document that comes of them."""
