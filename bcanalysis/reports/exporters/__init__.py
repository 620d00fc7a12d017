"""The printers of an executed notebook."""
