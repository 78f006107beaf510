"""No key, token or password is in a tracked file."""

import re
import subprocess

from analytics.snapshot import repository

SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bxox[bap]-[0-9A-Za-z-]{20}"
    r"|(?i:password|passwd|secret_key|api_key|token)\s*[:=]\s*[\"'][A-Za-z0-9+/_-]{16,}[\"']"
)


def test_the_pattern_finds_one() -> None:
    assert SECRET.search("api_key = " + '"' + "a1" * 12 + '"') and SECRET.search("AKIA" + "A" * 16)


def test_no_tracked_file_holds_one() -> None:
    names = subprocess.run(["git", "ls-files"], cwd=repository(), capture_output=True, text=True, check=True).stdout
    paths = [repository() / name for name in names.splitlines() if not name.endswith((".min.js", ".lock", ".png"))]
    assert paths and not [path.name for path in paths if SECRET.search(path.read_text("utf-8", errors="replace"))]
