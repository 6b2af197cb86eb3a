"""How a mail and a finding are known again without keeping a word of them: keyed hashes."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from functools import lru_cache

from checker.message import Message
from checker.rule import Finding


def digest(message: Message, key: bytes) -> str:
    """HMAC of subject, own text without white space, sorted To + Cc, attachments; never Date, Message-ID or quotes."""
    own = "".join(message.body.matching[z.start : z.end] for z in message.zones if z.kind != "quote")
    people = sorted(a.address.lower() for a in (*message.to, *message.cc))
    files = [f"{a.name.plain}:{hashlib.sha256(a.content or b'').hexdigest()}" for a in message.attachments]
    return keyed(key, _normal(message.subject.matching), _normal(own), *people, *files)


def fingerprint(finding: Finding, mail_digest: str, key: bytes) -> str:
    """HMAC of rule, the words or value in question and the product; for a fault of the whole mail, its digest.

    The same at every door; never a line number, never reversible without the key.
    """
    value = str(finding.data.get("value") or finding.place.text) if finding.suspect else mail_digest
    return keyed(key, finding.rule, _normal(value), finding.product or "")


def person(address: str, key: bytes) -> str:
    """HMAC of an address or another name of a person: who it was can be counted, not read."""
    return keyed(key, "person", _normal(address))


def _normal(text: str) -> str:
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(plain.casefold().split())


def keyed(key: bytes, *parts: str) -> str:
    """32 hexadecimal digits that stand for the parts, and say nothing of them without the key."""
    mac = _begun(key).copy()
    mac.update("\0".join(parts).encode("utf-8", "replace"))
    return mac.hexdigest()[:32]


@lru_cache(maxsize=16)
def _begun(key: bytes) -> hmac.HMAC:
    """Looking up the algorithm and reading the key takes twice as long as the rest."""
    return hmac.new(key, digestmod="sha256")
