"""What presend remembers of its checks: figures, rules and keyed hashes, never a word of a mail."""
