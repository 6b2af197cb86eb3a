"""A finding from a rule's row: its words filled, its place, its edits; and what of it must not be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from checker.facts.kinds.asks import Deadline
from checker.facts.kinds.words import Hit
from checker.judge import Judge
from checker.masking import Masker
from checker.reading import Place
from checker.rule import Both, Choice, Finding, PhraseEntry, Rule, Severity
from checker.template import fill, written
from checker.text import Edit, Span
from checker.visible import Visible

_CJK = re.compile("[\u3400-\u9fff]")


def hiding(place: Place, ref: str, visible: Visible, masker: Masker) -> Masker:
    """The masker for words of a place and of the suspect that a finding there is about."""
    return masker.of(place.span.of, visible.behind[ref].place.span.of)


class Said(NamedTuple):
    """The values of a rule's placeholders for one finding, and what hides those that must not be quoted."""

    values: dict[str, Any]
    hide: Masker

    def both(self, choice: Choice | None, *, quoted: bool = True) -> Both | None:
        """The words of a choice, filled. quoted: for a person; the values are masked, the rule's own words stay."""
        if choice is None:
            return None
        worded = choice.pick(self.values.get(choice.by) if choice.by else None)
        values = self.hide.data(self.values) if quoted else self.values
        return Both(fill(worded.zh, values, "zh"), fill(worded.en, values, "en"))


def finding_of(judge: Judge, ref: str, at: Any, said: Said | None, visible: Visible) -> Finding:
    """What a rule says of a suspect. ref: the suspect's; at: the fact at whose place the finding stands; said: None
    where nobody reads what is wrong."""
    rule, suspect = judge.rule, visible.behind[ref]
    message, suggestion, edits = _words(rule, suspect, at.place.span, said, visible) if said else _NONE
    return Finding(
        rule=rule.id,
        severity=_severity(rule, outside=visible.values["mail"]["outside"]),
        place=at.place,
        message=message,
        suggestion=suggestion,
        edits=edits,
        safe=rule.safe and bool(edits),
        data=_dict(visible, ref),
        fact=ref,
        product=getattr(suspect, "product", None) or getattr(suspect, "key", None),
        suspect=rule.each is not None or bool(rule.phrases),
    )


_NONE: tuple[Both, None, tuple[Edit, ...]] = Both("", ""), None, ()


def _words(
    rule: Rule, suspect: Any, span: Span, said: Said, visible: Visible
) -> tuple[Both, Both | None, tuple[Edit, ...]]:
    """What is wrong, what to write instead, and the edits that write it."""
    if isinstance(suspect, Hit) and rule.phrases:
        suggestion, new = _better_words(rule.phrases[int(suspect.phrase)], suspect, visible)
    else:
        suggestion, edit = said.both(rule.suggest), said.both(rule.edit, quoted=False)
        new = (edit.en if visible.values["mail"]["language"] == "en" else edit.zh) if edit else None
    edits = span.of.edits(span.start, span.end, new) if new and span.end > span.start else ()
    return said.both(rule.message) or Both("", ""), suggestion, edits


def _dict(visible: Visible, ref: str) -> Mapping[str, Any]:
    name, _, index = ref.partition("/")
    value = visible.values.get(name)
    if isinstance(value, list) and index.isdigit():
        return dict(value[int(index)])
    return dict(value) if isinstance(value, dict) and not index else {}


def _severity(rule: Rule, *, outside: bool) -> Severity:
    if isinstance(rule.severity, str):
        return rule.severity
    return rule.severity["outside" if outside else "else"]


def _better_words(entry: PhraseEntry, hit: Hit, visible: Visible) -> tuple[Both | None, str | None]:
    """The phrase's rewrite, in the language of the phrase; no edit where it needs a deadline that the mail lacks."""
    if entry.suggest is None:
        return None, None
    if "{deadline}" not in entry.suggest:
        return Both(entry.suggest, entry.suggest), entry.suggest if entry.edit else None
    language = "zh" if _CJK.search(entry.suggest) else "en"
    due = _nearest_deadline([f for f in visible.behind.values() if isinstance(f, Deadline)], hit)
    unknown = "X月X日" if language == "zh" else "<date>"
    words = entry.suggest.replace("{deadline}", written(due, language) if due else unknown)
    return Both(words, words), words if entry.edit and due else None


def _nearest_deadline(deadlines: Iterable[Deadline], hit: Hit) -> str | None:
    definite = [d for d in deadlines if d.due and d.asked and not d.vague and not d.placeholder]
    if not definite:
        return None
    same = [d for d in definite if d.place.span.of is hit.place.span.of]
    nearest = min(same or definite, key=lambda d: abs(d.place.span.start - hit.place.span.start))
    return nearest.due if nearest.has_time else nearest.day


def counted(finding: Finding, hide: Masker) -> Finding:
    """The finding as it leaves for who only counts: nothing of it is quoted. hide: for the words of its part."""
    return finding._replace(data=hide.data(dict(finding.data)))


def masked(finding: Finding, hide: Masker, masker: Masker) -> Finding:
    """The finding as it leaves. hide: for the words of the finding's part; masker: for other words."""
    suggestion, span = finding.suggestion and Both(*map(masker.text, finding.suggestion)), finding.place.span
    return finding._replace(
        edits=() if hide.blind else tuple(edit._replace(text=hide.text(edit.text)) for edit in finding.edits),
        safe=finding.safe and not hide.blind,
        message=Both(*map(masker.text, finding.message)),
        suggestion=suggestion,
        data=hide.data(dict(finding.data)),
        words=hide.text(finding.place.text),
        excerpt=hide.excerpt(finding.place.span),
        file=span.of.name and masker.text(span.of.name),
        cell=(cell := span.cell) and masker.text(cell),
    )
