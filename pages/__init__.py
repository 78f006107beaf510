"""One module a page; each says which question it answers."""
