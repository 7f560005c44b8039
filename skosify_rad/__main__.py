"""Run the command line: `python -m skosify_rad`."""

from skosify_rad.cli import main

if __name__ == "__main__":
    main()
