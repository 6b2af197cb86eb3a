"""How mail programs mark what the sender did not just type: quoted history, signatures, unseen elements."""

from __future__ import annotations

import re

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


def quoting(tag: str, attrs: Attributes) -> str:
    """What an element says of history: quote (it is), from (all from here on), line and gmail (it may be), or "".

    line: a line above what may be the header block of an older mail.
    """
    name = _id(attrs)
    classes = _classes(attrs)
    if name in _QUOTE_IDS or name.startswith("yahoo_quoted") or not _QUOTE_CLASSES.isdisjoint(classes):
        return "quote"
    if name in _FROM_IDS:
        return "from"
    if tag == "div" and "style" in attrs and _LINE_STYLE.search(_style(attrs)):
        return "line"
    if not classes.isdisjoint(("gmail_quote", "gmail_extra", "gmail_quote_container")):
        return "quote" if tag == "blockquote" else "gmail"
    if tag == "blockquote" and "type" in attrs and attrs["type"].value.lower() == "cite":
        return "quote"
    if tag == "a" and "name" in attrs and attrs["name"].value == "_MailOriginal":
        return "from"
    return "quote" if "name" in attrs and attrs["name"].value == "quote" and tag == "div" else ""


def rules_off_signature(tag: str, attrs: Attributes) -> bool:
    """Whether an element is the short blue rule that Foxmail draws above a signature."""
    return tag == "hr" and "color" in attrs and attrs["color"].value.lower() == "#b5c4df" and "210px" in _style(attrs)


def signs(tag: str, attrs: Attributes) -> bool:
    """Whether an element holds a signature."""
    return (
        _id(attrs) in _SIGNATURE_IDS
        or not _SIGNATURE_CLASSES.isdisjoint(_classes(attrs))
        or "data-signatureblock" in attrs
        or (tag == "sign" and "signid" in attrs)  # Tencent's webmail
        or ("data-smartmail" in attrs and attrs["data-smartmail"].value == "gmail_signature")
    )


def unseen(attrs: Attributes) -> bool:
    """Whether an element is not shown at all."""
    style = _style(attrs)
    return "hidden" in attrs or bool(
        style and (_UNSEEN.search(style) or (_FLAT.search(style) and "overflow" in style and "hidden" in style))
    )


def font_size(attrs: Attributes) -> float | None:
    """The number of the font size that an element sets, in whatever unit; None if it sets none."""
    m = _FONT.search(_style(attrs)) if "style" in attrs else None
    return float(m[1]) if m else None


def no_margin(attrs: Attributes) -> bool:
    """Whether a paragraph stands close to its neighbours, as Word's do."""
    return attrs["class"].value[:3].lower() == "mso" if "class" in attrs else bool(_NO_MARGIN.search(_style(attrs)))


def preserves(attrs: Attributes) -> bool:
    """Whether line breaks of the source are line breaks on the screen."""
    return "style" in attrs and "white-space:pre" in _style(attrs).replace(" ", "")


def _style(attrs: Attributes) -> str:
    return attrs["style"].value.lower() if "style" in attrs else ""


def _id(attrs: Attributes) -> str:
    name = attrs["id"].value.lower() if "id" in attrs else ""
    return _QUOTED_AGAIN.sub("", name)


def _classes(attrs: Attributes) -> frozenset[str]:
    if "class" not in attrs:
        return frozenset()
    return frozenset(_QUOTED_AGAIN.sub("", c) for c in attrs["class"].value.lower().split())
