"""From statements to comparisons: against the prior year, the annual plan, the whole, and the series' own past."""
