"""One module a revision, in the order that their names give; a revision never changes once it is released."""
