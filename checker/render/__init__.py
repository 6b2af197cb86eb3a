"""Reports as text and data. A renderer is a function from a Run to a string; no renderer opens a file."""

from collections.abc import Mapping

from checker.render import json, text
from checker.render.run import Renderer

FORMATS: Mapping[str, Renderer] = {"text": text.render, "json": json.render}
