"""A document that somebody has edited, read against the figures on file."""
