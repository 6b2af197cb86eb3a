"""What a mail says: the facts that rules judge, each found once, on demand, with its place."""
