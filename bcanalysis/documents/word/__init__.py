"""How Word says what a document says: its elements, styles, lists, tables, heads and pages."""
