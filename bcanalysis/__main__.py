"""Run the command line as ``python -m bcanalysis``."""

from bcanalysis.cli import main

main()
