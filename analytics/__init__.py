"""The numbers side: reads, checks, builds and serves data. Knows no language and no screen."""
