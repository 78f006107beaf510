"""Data sets of any size: read where they lie, by one machine's engine or by a cluster, with bounded memory."""
