"""``python -m latent_core``: the command line.

Results go to standard output or to a file; progress goes to standard error.  Invalid input ends
with one sentence and exit code 2.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from latent_core.aliases import COMMANDS, OPTIONS
from latent_core.cli.parser import build_parser
from latent_core.errors import LatentError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = build_parser().parse_args(_in_current_names(sys.argv[1:] if argv is None else argv))
    try:
        arguments.run(arguments)
    except LatentError as error:
        print(f"latent_core: {error}", file=sys.stderr)
        print(getattr(error, "code", ""), end="", file=sys.stderr)  # lines that export a model
        return 2
    except KeyboardInterrupt:
        print("\nlatent_core: stopped; completed parts are cached.", file=sys.stderr)
        return 130
    return 0


def _in_current_names(argv: Sequence[str]) -> list[str]:
    """The arguments with earlier names replaced, each with a warning on standard error."""
    command, *rest = argv or [""]
    current = [
        COMMANDS.get(command, command),
        *(_current_option(command, argument) for argument in rest),
    ]
    for old, new in zip((command, *rest), current, strict=True):
        if old != new:
            names = [argument.partition("=")[0] for argument in (old, new)]
            print(f"latent_core: {names[0]!r} is now called {names[1]!r}.", file=sys.stderr)
    return current if argv else []


def _current_option(command: str, argument: str) -> str:
    """An argument with its option's current name; some options were renamed in one command only."""
    name, sign, value = argument.partition("=")
    return OPTIONS.get(command, {}).get(name, name) + sign + value


if __name__ == "__main__":
    sys.exit(main())
