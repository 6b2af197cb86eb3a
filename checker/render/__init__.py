"""Reports as text and data. A renderer is a function from a Run to a string; no renderer opens a file."""
