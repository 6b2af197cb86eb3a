"""Files that mail systems refuse or that run when opened: programs, scripts, macros, names that hide what they are."""

from __future__ import annotations

import re

from checker.facts.formats import extension_of

# The types that Gmail and Outlook block, sorted by what they do.
_PROGRAMS = frozenset(
    "ade adp apk app appx appxbundle chm com cpl diagcab diagcfg diagpkg dll dmg exe ex_ img ins iso isp jar jnlp lnk"  # noqa: SIM905
    " mde msc msi msix msixbundle msp mst pif scr shb sys vhd vhdx vxd xll".split()
)
_SCRIPTS = frozenset("bat cmd hta js jse nsh ps1 psm1 reg sct vb vbe vbs wsc wsf wsh".split())  # noqa: SIM905
_MACROS = frozenset("xlsm xltm xlsb xlam docm dotm pptm potm ppam ppsm sldm".split())  # noqa: SIM905
# A name that ends like a document before its true extension, or spaces that push that out of sight, or turned letters.
_DOUBLE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|csv|txt|jpe?g|png|gif|zip|rar|mp4|html?)\s*\.[^.]{1,8}$", re.IGNORECASE
)
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")


def risk_of(name: str) -> str | None:
    """executable, script, macro, double_extension, or None, by the name alone."""
    name = name.rstrip(" .")  # Windows drops these
    extension = extension_of(name)
    if _TURNED.search(name):
        return "double_extension"
    if extension in _MACROS:
        return "macro"
    if extension not in _PROGRAMS and extension not in _SCRIPTS:
        return None
    if _DOUBLE.search(name):
        return "double_extension"
    return "executable" if extension in _PROGRAMS else "script"


def risk_inside(names: tuple[str, ...]) -> str | None:
    """The first risk among the names in an archive."""
    return next((risk for name in names if (risk := risk_of(name.rpartition("/")[2]))), None)
