"""Charts as pictures, drawn without a browser, or as tables of their data."""
