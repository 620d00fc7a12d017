"""The documentation: Markdown pages, and the small site made of them."""
