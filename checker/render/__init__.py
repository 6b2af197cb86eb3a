"""Reports as text and data. A renderer is a function from a Run to a string; no renderer opens a file."""

from collections.abc import Mapping

from checker.render import github, html, json, junit, sarif, text
from checker.render.run import Renderer

FORMATS: Mapping[str, Renderer] = {
    "text": text.render,
    "json": json.render,
    "sarif": sarif.render,
    "junit": junit.render,
    "github": github.render,
    "html": html.render,
}
