"""The commands of presend at a terminal, a module each; checker.cli lists them."""
