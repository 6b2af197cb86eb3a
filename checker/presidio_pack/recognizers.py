"""The shapes as Presidio recognizers, an enhancer that reads characters instead of tokens, and an analyzer of both."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from checker.presidio_pack.shape import THRESHOLD, Shape, find, weigh
from checker.presidio_pack.shapes import SHAPES

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine, ContextAwareEnhancer, PatternRecognizer

# Presidio's names of entities where it has one; the others are the kind in capitals, with the country before it.
_ENTITIES = {
    "phone": "PHONE_NUMBER", "landline": "PHONE_NUMBER", "email": "EMAIL_ADDRESS", "credit_card": "CREDIT_CARD",
    "iban": "IBAN_CODE", "ssn": "US_SSN", "name": "PERSON", "address": "LOCATION", "resident_id": "CN_RESIDENT_ID",
    "permit": "CN_TRAVEL_PERMIT", "itin": "US_ITIN", "nino": "UK_NINO",
    "bank_card": "CN_BANK_CARD", "plate": "CN_LICENCE_PLATE", "order": "AMAZON_ORDER", "seller_id": "AMAZON_SELLER_ID",
    "im": "MESSENGER_ID", "account": "BANK_ACCOUNT", "code": "VERIFICATION_CODE", "key": "SECRET_KEY",
}  # fmt: skip
# Full-width forms read as their half-width ones, character by character (the Unicode block of that name).
_HALF_WIDTH = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}

_FULL_WIDTH = re.compile("[\u3000\uff01-\uff5e]")


def half_width(text: str) -> str:
    """The text with full-width forms as half-width ones, of the same length; translating costs more than a look."""
    return text.translate(_HALF_WIDTH) if _FULL_WIDTH.search(text) else text


def entity(shape: Shape) -> str:
    """The name under which Presidio reports a shape."""
    return _ENTITIES.get(shape.kind, shape.kind.upper())


def recognizers(language: str) -> list[PatternRecognizer]:
    """One recognizer for each shape, for a registry of that language ("zh", "en" or any other).

    Each weighs the characters around its matches itself, so any enhancer will do. Results below 0.5 lack their context.
    """
    return [_shape_recognizer()(shape, number, language) for number, shape in enumerate(SHAPES)]


@cache
def _shape_recognizer() -> Any:
    from presidio_analyzer import Pattern, PatternRecognizer, RecognizerResult  # noqa: PLC0415

    class ShapeRecognizer(PatternRecognizer):
        """A shape as Presidio knows it, with our checksums and context."""

        def __init__(self, shape: Shape, number: int, language: str) -> None:
            self.shape = shape
            self.name: str = f"Presend{shape.kind.title().replace('_', '')}{number}"
            super().__init__(
                supported_entity=entity(shape),
                name=self.name,
                supported_language=language,
                patterns=[Pattern(shape.kind, shape.pattern.pattern, shape.score)],
                context=list(shape.words),
                country_code=shape.country,
            )

        def analyze(
            self,
            text: str,
            entities: list[str],
            nlp_artifacts: Any = None,  # noqa: ARG002  Presidio's signature
            regex_flags: int | None = None,  # noqa: ARG002
        ) -> list[RecognizerResult]:
            """Values of the shape, their scores weighed by the characters around them."""
            if not set(self.supported_entities) & set(entities):
                return []
            return [self._result(*hit) for hit in find(self.shape, half_width(text)) if hit.score > 0]

        def _result(self, start: int, end: int, score: float) -> RecognizerResult:
            explanation = self.build_regex_explanation(
                self.name, self.shape.kind, self.shape.pattern.pattern, self.shape.score, True, 0
            )
            explanation.score = score
            metadata = {
                RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                RecognizerResult.IS_SCORE_ENHANCED_BY_CONTEXT_KEY: score > self.shape.score,
            }
            return RecognizerResult(self.supported_entities[0], start, end, score, explanation, metadata)

    return ShapeRecognizer


def character_context() -> ContextAwareEnhancer:
    """An enhancer that reads the characters around a match, for Presidio's own recognizers and anybody's.

    Their context words lift a score, a business label (运单, SKU, tracking, invoice …) takes it away. Presidio's
    default looks for tokens, which tell nothing in Chinese and need a model.
    """
    return _character_context()(0, 0, 0, 0)  # type: ignore[no-any-return]


@cache
def _character_context() -> Any:
    from presidio_analyzer import ContextAwareEnhancer, PatternRecognizer, RecognizerResult  # noqa: PLC0415

    class CharacterContext(ContextAwareEnhancer):
        """Weighs every pattern's result that no shape has weighed already."""

        def enhance_using_context(
            self,
            text: str,
            raw_results: list[RecognizerResult],
            nlp_artifacts: Any,  # noqa: ARG002  Presidio's signature
            recognizers: list[Any],
            context: list[str] | None = None,
        ) -> list[RecognizerResult]:
            """The results with new scores; nothing is added or left out."""
            words = half_width(text)
            by_id = {one.id: one for one in recognizers}
            for result in raw_results:
                of = by_id.get((result.recognition_metadata or {}).get(RecognizerResult.RECOGNIZER_IDENTIFIER_KEY))
                if isinstance(of, PatternRecognizer) and not isinstance(of, _shape_recognizer()):
                    labels = (*(of.context or ()), *(context or ()))
                    result.score = weigh(_foreign(labels, result.score), words, result.start, result.end)
            return raw_results

    return CharacterContext


@cache
def _foreign(labels: tuple[str, ...], score: float) -> Shape:
    """A stand-in that carries the score and context words of somebody else's recognizer."""
    joined = "|".join(rf"(?<![A-Za-z]){re.escape(label)}" for label in labels if label)
    return Shape("", "", re.compile(""), score, context=re.compile(joined, re.IGNORECASE) if joined else None)


@cache
def analyzer(*languages: str) -> AnalyzerEngine:
    """An analyzer with this pack alone, in English with those of Presidio's own recognizers that are not noise.

    Left out are those that match any run of digits (phone, passport, licence and bank numbers without context), those
    that find nothing secret (URL, IP, dates), and the one for mail addresses, which fetches a list from the network.
    """
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # noqa: PLC0415
    from presidio_analyzer.nlp_engine import NoOpNlpEngine  # noqa: PLC0415

    every = [one for language in languages for one in recognizers(language)]
    kept = [one() for one in _kept_recognizers()] if "en" in languages else []
    return AnalyzerEngine(
        registry=RecognizerRegistry([*every, *kept], supported_languages=list(languages)),
        nlp_engine=NoOpNlpEngine([{"lang_code": language, "model_name": ""} for language in languages]),
        supported_languages=list(languages),
        context_aware_enhancer=character_context(),
        default_score_threshold=THRESHOLD,
    )


def _kept_recognizers() -> tuple[Any, ...]:
    from presidio_analyzer import predefined_recognizers as stock  # noqa: PLC0415

    return (
        stock.CreditCardRecognizer,
        stock.IbanRecognizer,
        stock.UsSsnRecognizer,
        stock.UsItinRecognizer,
        stock.NhsRecognizer,
        stock.UkNinoRecognizer,
    )


@cache
def _no_tokens(language: str) -> Any:
    """What the engine says of every text: nobody here reads tokens, so that it need not be asked each time."""
    return analyzer("zh", "en").nlp_engine.process_text("", language)


def preload() -> None:
    """Import what the first candidate would: two seconds, once a process."""
    confirmed("110105194912310021", SHAPES, "zh")


def confirmed(text: str, shapes: tuple[Shape, ...], language: str) -> frozenset[tuple[str, int, int]]:
    """(entity, start, end) of what the analyzer finds of these shapes' entities in a text."""
    entities = list(dict.fromkeys(map(entity, shapes)))
    results = analyzer("zh", "en").analyze(text, language, entities=entities, nlp_artifacts=_no_tokens(language))
    return frozenset((r.entity_type, r.start, r.end) for r in results)
