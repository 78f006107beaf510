"""The command line: exit codes and words."""

import subprocess
import sys
from pathlib import Path

import pytest

from analytics.__main__ import main
from analytics.errors import DataError, ErrorInfo

REPOSITORY = Path(__file__).resolve().parents[2]


def test_validate_passes_the_committed_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate"]) == 0
    assert "525 rows" in capsys.readouterr().out


def test_validate_lists_the_problems(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = data / "published" / "facts.csv"
    path.write_text(path.read_text("utf-8").replace("29.04", "129.04", 1), "utf-8")
    assert main(["validate", "--data", str(data)]) == 1
    assert "found '129.04'" in capsys.readouterr().err


def test_build_that_cannot_write(data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert main(["build", "--data", str(data), "--snapshots", str(tmp_path / "file")]) == 2


@pytest.mark.parametrize("arguments", [[], ["bild"], ["build", "--fast"]])
def test_wrong_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["validate", "--help"]])
def test_help_tells_the_exit_codes(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 0 and "Exit codes: 0" in capsys.readouterr().out


def test_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "analytics", "validate"]
    assert subprocess.call(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL) == 0


def test_error_names_all_six() -> None:
    error = DataError("a.csv", 3, "value", 7, "less than six", "Write less.")
    assert error.info == ErrorInfo("a.csv", 3, "value", "7", "less than six", "Write less.")
    for part in ("a.csv", "row 3", "column value", "'7'", "less than six", "Write less."):
        assert part in str(error)
    with pytest.raises(AttributeError):
        error.info.row = 4  # type: ignore[misc]
