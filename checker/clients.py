"""How mail programs mark what the sender did not just type: quoted history, signatures, unseen elements."""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.markup import Attribute

# fmt: off
# Whole elements that hold history. Programs put x_ before ids and classes of what they quote again.
_QUOTE_IDS = frozenset((
    "isreplycontent", "isforwardcontent", "origbody", "reply139content", "orimsghtmlseperator",
    "olk_src_body_section", "mail-editor-reference-message-container", "yahoo_quoted",
))
_QUOTE_CLASSES = frozenset((
    "gmail_attr", "moz-cite-prefix", "moz-forward-container", "yahoo_quoted", "iosymail", "protonmail_quote",
    "tutanota_quote", "zmail_extra", "skiff_quote", "ntes-mailmaster-quote", "ms-outlook-mobile-reference-message",
))
# From these on all is history: Outlook's header block, rules of Hotmail and of 139.com.
_FROM_IDS = frozenset(("divrplyfwdmsg", "stopspelling", "replysplit"))
# Outlook (#E1E1E1, #B5C4DF; also as four properties) and Foxmail draw a line above the header block.
_LINE_STYLE = re.compile(r"border-top:\s*(?:solid\s*#|1px\s+solid)|border-top-style:\s*solid|border-width:\s*1p[tx] ")
_SIGNATURE_IDS = frozenset((
    "signature", "ms-outlook-mobile-signature", "imail_signature", "signcontainer", "applemailsignature",
))
_SIGNATURE_CLASSES = frozenset((
    "gmail_signature", "moz-signature", "ntes-signature", "protonmail_signature_block", "ms-outlook-ios-signature",
    "ms-outlook-android-signature",
))
# fmt: on
_UNSEEN = re.compile(
    r"display:\s*none|visibility:\s*(?:hidden|collapse)|mso-hide:\s*all|opacity:\s*0(?:\.0*)?\s*(?:;|!|$)"
)
_FLAT = re.compile(r"max-height:\s*0(?:px|pt|em)?\s*(?:;|!|$)")
_FONT = re.compile(r"(?<![\w-])font-size:\s*(\d*\.?\d+)")
_QUOTED_AGAIN = re.compile("^(?:x_)+")
_NO_MARGIN = re.compile(r"margin(?:-top|-bottom)?:\s*0")

Attributes = dict[str, Attribute]


class Look(NamedTuple):
    """What an element's tag and attributes say of its place in the mail.

    kind: quote (it is history), from (all from here on is), line (it may stand above an older mail's header block),
    gmail (it may be history), signature, rule (drawn above a signature), or "". font_size: None where it sets none.
    close: a paragraph stands close to its neighbours. preserved: its line breaks are seen. layout: a table
    for the looks.
    """

    kind: str = ""
    unseen: bool = False
    font_size: float | None = None
    close: bool = False
    preserved: bool = False
    layout: bool = False


def look(tag: str, attrs: Attributes) -> Look:
    """What an element says."""
    style = _style(attrs)
    size = _FONT.search(style)
    return Look(
        _quoting(tag, attrs, style) or _signing(tag, attrs, style),
        "hidden" in attrs or _unseen(style),
        float(size[1]) if size else None,
        _value(attrs, "class")[:3].lower() == "mso" or _NO_MARGIN.search(style) is not None,
        tag in ("pre", "textarea") or "white-space:pre" in style.replace(" ", ""),
        _value(attrs, "role").lower() in ("presentation", "none"),
    )


def _quoting(tag: str, attrs: Attributes, style: str) -> str:
    name = _QUOTED_AGAIN.sub("", _value(attrs, "id").lower())
    classes = _classes(attrs)
    if name in _QUOTE_IDS or name.startswith("yahoo_quoted") or not _QUOTE_CLASSES.isdisjoint(classes):
        return "quote"
    if name in _FROM_IDS or (tag == "a" and _value(attrs, "name") == "_MailOriginal"):
        return "from"
    if tag == "div" and _LINE_STYLE.search(style):
        return "line"
    if not classes.isdisjoint(("gmail_quote", "gmail_extra", "gmail_quote_container")):
        return "quote" if tag == "blockquote" else "gmail"
    cites = tag == "blockquote" and _value(attrs, "type").lower() == "cite"
    return "quote" if cites or (tag == "div" and _value(attrs, "name") == "quote") else ""


def _signing(tag: str, attrs: Attributes, style: str) -> str:
    if tag == "hr":  # Foxmail's short blue one
        return "rule" if _value(attrs, "color").lower() == "#b5c4df" and "210px" in style else ""
    signs = (
        _QUOTED_AGAIN.sub("", _value(attrs, "id").lower()) in _SIGNATURE_IDS
        or not _SIGNATURE_CLASSES.isdisjoint(_classes(attrs))
        or "data-signatureblock" in attrs
        or (tag == "sign" and "signid" in attrs)  # Tencent's webmail
        or _value(attrs, "data-smartmail") == "gmail_signature"
    )
    return "signature" if signs else ""


def _unseen(style: str) -> bool:
    if not style:
        return False
    return bool(_UNSEEN.search(style) or (_FLAT.search(style) and "overflow" in style and "hidden" in style))


def _value(attrs: Attributes, name: str) -> str:
    return attrs[name].value if name in attrs else ""


def _style(attrs: Attributes) -> str:
    return attrs["style"].value.lower() if "style" in attrs else ""


def _classes(attrs: Attributes) -> frozenset[str]:
    if "class" not in attrs:
        return frozenset()
    return frozenset(_QUOTED_AGAIN.sub("", c) for c in attrs["class"].value.lower().split())
