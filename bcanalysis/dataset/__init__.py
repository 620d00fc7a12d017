"""From tables of published figures to checked statements."""
