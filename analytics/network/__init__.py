"""Statistics of a directed network: exact, and fast enough to follow a reader's filters."""
