"""From notebooks to reports: what is asked, how it is run, what is recorded, and the pages that come of it."""

RECORD_TYPE = "application/vnd.bcanalysis.run+json"  # MIME type of the run record inside a notebook
FORM_TYPE = "application/vnd.bcanalysis.form+json"  # MIME type of what is for the screen only: a form to fill in
FORMATS = ("html", "pdf", "docx", "xlsx")  # the page is always made, for it says how the run ended
ENGINE = "bcanalysis"  # name of our papermill engine
OUTCOME = "bcanalysis"  # where a notebook's metadata say how its run ended
