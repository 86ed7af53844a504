"""Lets the folder be run: /usr/bin/python3 benchmarks/scenes make ..."""
import pathlib
import sys

if not __package__:
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
    from scenes.cli import main
else:
    from .cli import main

sys.exit(main())
