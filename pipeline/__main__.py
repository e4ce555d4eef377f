"""`python -m pipeline` is `lockstep`."""

from pipeline.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
