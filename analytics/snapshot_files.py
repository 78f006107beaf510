"""Puts a snapshot in place: lock, durable writes, switch of `current`, clearing of old ones."""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from analytics.errors import BuildError
from analytics.snapshot import CURRENT, FOLDER

KEEP = 3  # the one in force, and two to go back to
LOCK = ".lock"
TEMPORARY = ".building-"
POLL_SECONDS = 0.05


@contextlib.contextmanager
def build_lock(root: Path, timeout: float) -> Iterator[None]:
    """Let one build at a time work in `root`; wait for another one up to `timeout` seconds.

    The lock belongs to the open file, so the system frees it when a build is killed.

    Raises
    ------
    BuildError
        Another build still holds the lock after `timeout` seconds.
    """
    root.mkdir(parents=True, exist_ok=True)
    with open(root / LOCK, "a", encoding="utf-8") as handle:
        _acquire(handle.fileno(), root, time.monotonic() + timeout)
        yield


@contextlib.contextmanager
def temporary_folder(root: Path) -> Iterator[Path]:
    """Give a new hidden folder beside the snapshots and remove it, if still there, afterwards.

    Call it under `build_lock`: it first clears what a killed build left behind.
    """
    for left in root.glob(f"{TEMPORARY}*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    folder = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=root))
    folder.chmod(0o755)  # mkdtemp's 0700 would shut out a server that runs as another user
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_file(path: Path, content: bytes) -> None:
    """Write bytes and wait until they are on the disk."""
    with open(path, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def put_in_force(folder: Path, final: Path) -> None:
    """Give a finished folder its name, then point `current` to it; each step is atomic."""
    root = final.parent
    _sync_folder(folder)
    os.replace(folder, final)
    _sync_folder(root)
    pointer = root / f"{TEMPORARY}{CURRENT}"
    write_file(pointer, f"{final.name}\n".encode())
    os.replace(pointer, root / CURRENT)
    _sync_folder(root)


def remove_old(root: Path, in_force: str) -> list[str]:
    """Remove all but the newest `KEEP` snapshots, never the one in force; give their names."""
    names = sorted((p.name for p in root.iterdir() if FOLDER.fullmatch(p.name)), reverse=True)
    old = [name for name in names[KEEP:] if name != in_force]
    for name in old:
        shutil.rmtree(root / name)
    return old


def _acquire(descriptor: int, root: Path, deadline: float) -> None:
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise BuildError(f"Another build is at work in {root}. Wait for it to end and build again.") from None
            time.sleep(POLL_SECONDS)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
