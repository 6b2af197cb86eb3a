"""A spaCy model that the user installed, as a finder of persons' names. spaCy is imported when a policy names one."""

from __future__ import annotations

import warnings
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

from checker.company import PolicyError, Range

_LABELS = ("PERSON", "PER")  # of OntoNotes (zh_core_web, en_core_web) and of WikiNER (xx_ent_wiki, de_core_news)


class PersonModel:
    """Finds names of persons in a text. Threads may share one; a process that it is sent to loads the model anew."""

    def __init__(self, source: str, pipeline: Any) -> None:
        self._source = source
        self._pipeline = pipeline
        self._lock = Lock()  # spaCy's memory zones are one thread's

    def __call__(self, words: str) -> tuple[Range, ...]:
        """The ranges of the persons' names in the words, in order."""
        # The zone gives back what the words of a mail take: a service would grow with every new word, and remember it.
        with self._lock, self._pipeline.memory_zone():
            return tuple((e.start_char, e.end_char) for e in self._pipeline(words).ents if e.label_ in _LABELS)

    def __repr__(self) -> str:
        """What a verdict depends on: the model and its version, not where it lies."""
        meta = self._pipeline.meta
        return f"PersonModel({meta['lang']}_{meta['name']} {meta['version']})"

    def __reduce__(self) -> tuple[Any, ...]:
        return open_person_model, (self._source,)


def open_person_model(source: str, policy: str = "presend.toml") -> PersonModel:
    """The model of that name or in that folder. policy: the file that names it, for messages.

    Raises PolicyError: there is none, or it finds no names of persons.
    """
    import spacy  # noqa: PLC0415 - a second to import, and only where a model is wanted

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a model of a neighbouring version may tell that it is one
            pipeline = spacy.load(source)
    except Exception as error:  # whatever is wrong with a model: its code and its files are the user's
        raise PolicyError(policy, "nlp.model", _unloadable(source, error)) from None
    if not any(label in _LABELS for labels in pipeline.pipe_labels.values() for label in labels):
        reason = (
            f'"{source}" finds no names of persons; it takes a spaCy model with the label PERSON, as zh_core_web_md'
        )
        raise PolicyError(policy, "nlp.model", reason)
    return PersonModel(source, pipeline)


def _unloadable(source: str, error: Exception) -> str:
    if isinstance(error, OSError) and not Path(source).exists():
        return (
            f'there is no spaCy model "{source}" on this machine; install it '
            '(python -m spacy download zh_core_web_md), name its folder, or write "" for none'
        )
    return (
        f'"{source}" cannot be loaded by spaCy {version("spacy")} ({type(error).__name__}); '
        'install the model that fits that version, name another, or write "" for none'
    )
