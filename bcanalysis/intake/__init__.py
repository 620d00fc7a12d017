"""Figures in: the workbook to fill in, tables as offices keep them, and the way of new rows into the data."""
