"""The token that a sender's client sends back: which findings of which mail were overridden, until when. Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime

_VERSION = "1"
_PURPOSE = b"presend override 1\0"  # a signature for anything else, with the same key, is none of a token
_LONGEST = 64 * 1024  # characters; of some thousand findings


def sign(key: bytes, digest: str, ruleset: str, fingerprints: Iterable[str], expires: datetime) -> str:
    """A token for these findings of the mail of that digest under that ruleset, void from `expires` on.

    It holds keyed hashes and a time, no word of the mail, and can be put into a header or a URL as it is.
    """
    claims = [digest, ruleset, int(expires.timestamp()), sorted(set(fingerprints))]
    body = _coded(json.dumps(claims, separators=(",", ":")).encode())
    return f"{_VERSION}.{body}.{_coded(_signature(key, body))}"


def read(key: bytes, token: str | None, digest: str, ruleset: str, now: datetime) -> frozenset[str]:
    """The fingerprints of a token; none where it is missing, forged, expired, or of another mail or ruleset."""
    version, _, rest = (token or "")[:_LONGEST].partition(".")
    body, _, signature = rest.partition(".")
    expected = _coded(_signature(key, body)).encode()
    if version != _VERSION or not hmac.compare_digest(expected, signature.encode("utf-8", "replace")):
        return frozenset()
    signed_digest, signed_ruleset, expires, fingerprints = json.loads(_decoded(body))  # ours: the signature says so
    if (signed_digest, signed_ruleset) != (digest, ruleset) or datetime.fromtimestamp(expires, UTC) <= now:
        return frozenset()
    return frozenset(fingerprints)


def _signature(key: bytes, body: str) -> bytes:
    return hmac.new(key, _PURPOSE + body.encode("utf-8", "replace"), hashlib.sha256).digest()


def _coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
