"""The command line: `python -m analytics build` and `python -m analytics validate`.

Exit codes: 0 all is well, 1 the data has problems (they are listed), 2 the command is wrong or
could not run (another build at work, a folder that cannot be written).
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from analytics.build import build_snapshot, read_inputs
from analytics.errors import BuildError, DataError, DataErrors
from analytics.snapshot import repository, snapshots_root

OK, BAD_DATA, CANNOT_RUN = 0, 1, 2
EXIT_CODES = (
    "Exit codes: 0 all is well; 1 the data has problems, which are listed; "
    "2 the command is wrong or could not run."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; usage errors leave by `SystemExit` 2."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except (DataError, DataErrors) as error:
        print(error, file=sys.stderr)
        return BAD_DATA
    except (BuildError, OSError) as error:
        print(error, file=sys.stderr)
        return CANNOT_RUN


def _build(chosen: argparse.Namespace) -> int:
    manifest = build_snapshot(chosen.snapshots, chosen.data, chosen.boundaries)
    print(f"data version {manifest['version']}, {sum(manifest['rows'].values())} rows")
    return OK


def _validate(chosen: argparse.Namespace) -> int:
    inputs = read_inputs(chosen.data)
    for name, frame in inputs.tables.items():
        print(f"{name:<14} {len(frame):>6} rows, all checks hold")
    return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analytics",
        description="Checks the data of the AI Innovation Map and makes it ready for the app.",
        epilog=EXIT_CODES,
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    _add_build(commands)
    _add_validate(commands)
    return parser


def _add_build(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "Check the data and put a new snapshot in force; if anything fails, the old one stays."
    build = commands.add_parser("build", help=words, description=words, epilog=EXIT_CODES)
    _add_data(build)
    build.add_argument(
        "--snapshots",
        type=Path,
        default=snapshots_root(),
        help="folder to write to; by default AIM_SNAPSHOTS, or data/snapshots",
    )
    build.add_argument(
        "--boundaries",
        type=Path,
        help="a file of province boundaries to use for the map; by default AIM_BOUNDARIES, "
        "or the supplied one",
    )
    build.set_defaults(run=_build)


def _add_validate(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "Check the published numbers and the classifications, and write nothing."
    validate = commands.add_parser("validate", help=words, description=words, epilog=EXIT_CODES)
    _add_data(validate)
    validate.set_defaults(run=_validate)


def _add_data(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data",
        type=Path,
        default=repository() / "data",
        help="folder that holds published/ and taxonomy/; by default data",
    )


if __name__ == "__main__":
    sys.exit(main())
