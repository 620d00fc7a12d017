"""Vietnamese and English words for numbers, dates, sentences and footnotes."""
