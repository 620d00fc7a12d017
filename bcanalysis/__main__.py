"""Run the command line as ``python -m bcanalysis``."""

from bcanalysis.cli import main

if __name__ == "__main__":
    main()
