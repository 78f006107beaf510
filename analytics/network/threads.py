"""How the kernels share the cores."""

import threading

# Where OpenMP is missing, numba's own pool of threads ends the process when two callers meet in it.
ONE_AT_A_TIME = threading.Lock()
# What is dealt out to threads. Their number is fixed, so that sums do not hang on how many threads there are.
STRIPES = 16
