"""From any table file or database to a grid of typed cells; what a cell means is not asked here."""
