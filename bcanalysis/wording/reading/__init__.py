"""Statements found in the prose of past reports: the way back from sentences to figures."""
