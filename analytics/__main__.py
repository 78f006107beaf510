"""The command line: `python -m analytics build`, `validate`, `audit`, `export`, `stats`,
`template`.

Exit codes: 0 all is well, 1 the data has problems (they are listed), 2 the command is wrong or
could not run (another build at work, a folder that cannot be written).
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from analytics import audit, commands
from analytics.commands import BAD_DATA, CANNOT_RUN
from analytics.engines import DUCKDB, ENGINES
from analytics.errors import BuildError, DataError, DataErrors, SnapshotError
from analytics.makers import SEED
from analytics.snapshot import repository, snapshots_root
from analytics.template import FORMS

EXIT_CODES = (
    "Exit codes: 0 all is well; 1 the data has problems, which are listed; 2 the command is wrong or could not run."
)
Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Run = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; usage errors leave by `SystemExit` 2."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except (DataError, DataErrors) as error:
        print(error, file=sys.stderr)
        return BAD_DATA
    except (BuildError, SnapshotError, OSError) as error:
        print(error, file=sys.stderr)
        return CANNOT_RUN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analytics",
        description="Checks the data of the AI Innovation Map and makes it ready for the app.",
        epilog=EXIT_CODES,
    )
    add = parser.add_subparsers(required=True, metavar="command")
    _add_build(add)
    _add_validate(add)
    _add_audit(add)
    _add_export(add)
    _add_stats(add)
    _add_template(add)
    return parser


def _command(add: Subparsers, name: str, words: str, run: Run) -> argparse.ArgumentParser:
    command = add.add_parser(name, help=words, description=words, epilog=EXIT_CODES)
    command.set_defaults(run=run)
    return command


def _add_build(add: Subparsers) -> None:
    words = "Make a data set ready and put it in force; if anything fails, the old one stays."
    build = _command(add, "build", words, commands.build)
    words = "folder, workbook or edge list to show, or a URL of folders of part files; without it, the reconstruction"
    _add_source(build, words, kind=str)
    build.add_argument("--engine", choices=ENGINES, default=DUCKDB, help="that reads big folders; by default duckdb")
    build.add_argument("--master", help="of a Spark cluster: spark://host:7077, local[2], yarn or k8s://host")
    _add_data(build)
    build.add_argument("--seed", type=int, default=SEED, help=f"of the reconstruction; by default {SEED}")
    snapshots = "folder to write to; by default AIM_SNAPSHOTS, or data/snapshots"
    build.add_argument("--snapshots", type=Path, default=snapshots_root(), help=snapshots)
    boundaries = "a file of province boundaries for the map; by default AIM_BOUNDARIES, or the supplied one"
    build.add_argument("--boundaries", type=Path, help=boundaries)


def _add_validate(add: Subparsers) -> None:
    words = "Check tables and say what would be kept, merged and dropped; write nothing."
    validate = _command(add, "validate", words, commands.validate)
    _add_source(validate, "folder, workbook or edge list; without it, the published numbers of this project")
    _add_data(validate)


def _add_audit(add: Subparsers) -> None:
    words = "List where the report contradicts itself, and every printed number beside the computed one."
    audited = _command(add, "audit", words, commands.run_audit)
    audited.add_argument("--format", choices=audit.FORMATS, default=audit.FORMATS[0], help="by default %(default)s")


def _add_export(add: Subparsers) -> None:
    export = _command(add, "export", "Write the rows of one chart to the standard output.", commands.export)
    export.add_argument("chart", help="its name, as in /data/index.json")
    export.add_argument("--format", choices=("csv", "json", "figure"), default="csv", help="figure is plotly's JSON")
    export.add_argument("--option", help="one of the chart's own options")
    export.add_argument("--lang", choices=("zh", "en"), default="en", help="of titles and definitions")


def _add_stats(add: Subparsers) -> None:
    words = "Print the statistics of the network: size, distances, clustering, components, degrees, communities."
    stats = _command(add, "stats", words, commands.run_stats)
    _add_source(stats, "folder, workbook or edge list; without it, the data set in force")
    stats.add_argument("--format", choices=("text", "json"), default="text", help="by default %(default)s")


def _add_template(add: Subparsers) -> None:
    words = "Write empty tables with headers and one example row each, to fill in."
    template = _command(add, "template", words, commands.template)
    template.add_argument("folder", type=Path, help="where to write; made if it is not there")
    template.add_argument("--format", choices=FORMS, default=FORMS[0], help="by default %(default)s")


def _add_source(command: argparse.ArgumentParser, words: str, kind: type = Path) -> None:
    command.add_argument("source", type=kind, nargs="?", help=words)
    command.add_argument("--mapping", type=Path, help="CSV of table,header,column for headers of your own")


def _add_data(command: argparse.ArgumentParser) -> None:
    words = "folder that holds published/ and taxonomy/; by default data"
    command.add_argument("--data", type=Path, default=repository() / "data", help=words)


if __name__ == "__main__":
    sys.exit(main())
