"""The page's texts in the reader's language, from wording.yaml; and which language that is."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml
from flask import request

from checker.service.negotiation import LANGUAGES, language

COOKIE = "presend_lang"
_DEFAULT = "zh"
_PLURAL = " | "


class Words:
    """Every text of the page in one language. `words("verdict.errors", n=2)` fills the blanks."""

    def __init__(self, language: str, texts: Mapping[str, Mapping[str, str]]) -> None:
        self.language = language
        self.texts: Mapping[str, str] = {key: both[language] for key, both in texts.items()}

    def __call__(self, key: str, **blanks: Any) -> str:
        """The text of a key. Of a text with “one | many”, n chooses. Raises KeyError: no such key or blank."""
        one, _, many = self.texts[key].partition(_PLURAL)
        return (many if many and blanks.get("n") != 1 else one).format_map(blanks)


def read_words() -> Mapping[str, Words]:
    """The texts of wording.yaml, language -> Words."""
    texts = _yaml("wording.yaml")
    return {language: Words(language, texts) for language in LANGUAGES}


def chosen_language() -> str:
    """zh or en: what the reader chose (?lang=, then the cookie), else what the browser asks for, else Chinese."""
    wished = (request.args.get("lang"), request.cookies.get(COOKIE), language())
    return next((one for one in wished if one in LANGUAGES), _DEFAULT)


def read_examples() -> Mapping[str, Mapping[str, Any]]:
    """The filled example of the page, language -> draft."""
    examples: Mapping[str, Mapping[str, Any]] = _yaml("example.yaml")
    return examples


def _yaml(name: str) -> Any:
    return yaml.safe_load(files("checker.service").joinpath(name).read_text("utf-8"))
