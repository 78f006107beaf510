"""Leaves of what was compiled the byte code only: the sources of 500 modules that serving loads take 44 MB.

Run in the build stage of the Dockerfile after `warm.py`: `python bare.py SITE_PACKAGES`. Tracebacks keep
file and line; the text of a package's line is read on the same version elsewhere. Own modules stay as they are.
"""

import sys
from pathlib import Path


def bare(root: Path) -> int:
    """Put compiled modules in the place of their sources; give the bytes that this frees."""
    freed, tag = 0, f".{sys.implementation.cache_tag}.pyc"
    for compiled in list(root.glob(f"**/__pycache__/*{tag}")):
        source = compiled.parent.parent / (compiled.name.removesuffix(tag) + ".py")
        if source.exists():
            freed += source.stat().st_size
            compiled.rename(source.with_suffix(".pyc"))
            source.unlink()
    return freed


if __name__ == "__main__":
    print(f"sources left out: {bare(Path(sys.argv[1])) / 1e6:.0f} MB")
