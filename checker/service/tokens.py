"""Bearer tokens (JWT) of the company's identity provider, checked against its published keys (JWKS)."""

from __future__ import annotations

import hashlib

import jwt

from checker.rule import Both
from checker.service.issuer import IssuerAwayError, IssuerKeys
from checker.service.problems import ProblemError
from checker.service.settings import Issuer

# Signatures of a private key only: with HS256 the published key itself would sign.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_LEEWAY = 60  # seconds by which clocks may differ


class Tokens:
    """Whose a token is. Any thread may ask."""

    def __init__(self, issuer: Issuer, keys: IssuerKeys) -> None:
        self._issuer = issuer
        self._keys = keys

    @classmethod
    def of(cls, issuer: Issuer | None) -> Tokens | None:
        """For the issuer of the settings; None where there is none."""
        return cls(issuer, IssuerKeys(issuer.jwks_url)) if issuer else None

    def name(self, shown: str) -> str:
        """A mark of the token's subject. Raises ProblemError: 401 not valid, 503 the issuer's keys are unknown."""
        try:
            header = jwt.get_unverified_header(shown)
            claims = jwt.decode(
                shown,
                self._keys.key(str(header.get("kid", ""))),
                algorithms=_ALGORITHMS,
                issuer=self._issuer.issuer,
                audience=self._issuer.audience,
                leeway=_LEEWAY,
                options={"require": ["exp", "iss", "aud"]},
            )
        except IssuerAwayError:
            why = Both("暂时无法核对令牌。", "The token cannot be verified at the moment.")
            raise ProblemError("unavailable", why, retry_after=10) from None
        except (jwt.PyJWTError, ValueError, TypeError):
            raise ProblemError(
                "unauthorized",
                Both("令牌无效或已过期。", "The token is not valid, or not any more."),
                headers={"WWW-Authenticate": 'Bearer realm="presend", error="invalid_token"'},
            ) from None
        subject = str(claims.get("sub") or claims.get("azp") or "")
        return "token " + hashlib.sha256(subject.encode("utf-8", "replace")).hexdigest()[:16]
