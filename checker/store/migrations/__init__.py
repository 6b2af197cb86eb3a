"""How a database comes to the schema of this program, whichever it was made by."""
