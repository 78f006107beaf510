"""Takes out of the image's packages what serving does not need, and prints what is left.

Run in the build stage of the Dockerfile, before anything is imported: `python trim.py SITE_PACKAGES`.
"""

import shutil
import sys
from pathlib import Path

# Folders of every package: what only its own developers run or compile against.
ANYWHERE = ("tests", "test", "testing/tests")
FOLDERS = (
    "pyarrow/include", "pyarrow/includes", "pyarrow/src",
    # Figures are plain dictionaries here: nothing makes or checks them with plotly's classes.
    "plotly/labextension", "plotly/express", "plotly/figure_factory", "plotly/matplotlylib", "plotly/validators",
    "pygments/lexers",  # highlighted code, which nothing shows
    "numpy/_core/include", "numpy/f2py/tests",
    "numba/cuda/tests",
    # Of scipy: linear programs, sparse matrices, special functions and what those load.
    *(f"scipy/{name}" for name in ("cluster", "datasets", "differentiate", "fftpack", "integrate", "interpolate")),
    *(f"scipy/{name}" for name in ("io", "misc", "ndimage", "odr", "signal", "stats")),
)  # fmt: skip
FILES = (
    # Flight and S3: no file is read from another host. Both are optional to pyarrow.
    "pyarrow/libarrow_flight.so*", "pyarrow/_flight*", "pyarrow/libarrow_s3.so*", "pyarrow/_s3fs*",
    "pyarrow/_substrait*", "pyarrow/_orc*",
    "numpy/_core/*_tests*.so", "numpy/_core/_simd*.so",
    # The wheel holds the same library under three names; only the one with its version is loaded.
    "pyarrow/libarrow_python.so", "pyarrow/libarrow_python.so.*.*",
    "plotly/package_data/plotly.min.js",
    "plotly/package_data/widgetbundle.js", "dash/dcc/async-mathjax.js*", "dash/dash_table/*.js",
    "**/*.dev.js", "dash/deps/*16.*", "dash/deps/*18.2*",
    "dash_cytoscape/*dev.js", "dash_cytoscape/*extra*.js", "dash_ag_grid/*enterprise*",
    "**/*.js.map", "**/*.pyi", "**/*.pxd", "**/*.h", "**/*.a",
)  # fmt: skip


def size_of(path: Path) -> int:
    """Give the bytes of a file, or of all files in a folder."""
    return sum(one.stat().st_size for one in (path, *path.rglob("*")) if one.is_file() and not one.is_symlink())


def trim(root: Path) -> None:
    """Delete what is listed above."""
    folders = [one for name in ANYWHERE for one in root.glob(f"**/{name}") if one.is_dir()]
    # Dash asks for the class of a figure; its thousand parts are only read when one is made, and none is.
    folders += [one for one in (root / "plotly" / "graph_objs").iterdir() if one.is_dir()]
    for one in (*folders, *(root / name for name in FOLDERS)):
        shutil.rmtree(one, ignore_errors=True)
    for one in [found for pattern in FILES for found in root.glob(pattern) if found.is_file()]:
        one.unlink(missing_ok=True)


def main() -> None:
    """Trim and tell."""
    root = Path(sys.argv[1])
    before = size_of(root)
    trim(root)
    parts = sorted(((size_of(one), one.name) for one in root.iterdir()), reverse=True)
    print(f"packages: {before / 1e6:.0f} MB, trimmed to {sum(size for size, _ in parts) / 1e6:.0f} MB; the largest:")
    for size, name in parts[:20]:
        print(f"{size / 1e6:8.1f} MB  {name}")


if __name__ == "__main__":
    main()
