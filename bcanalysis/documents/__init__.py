"""Documents: what a report says as blocks, and the same blocks written as PDF, Word and Excel by a layout profile."""

DOCUMENT_TYPE = "application/vnd.bcanalysis.document+json"
