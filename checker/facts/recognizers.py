"""The pack for presidio-analyzer: PRC and marketplace recognizers that need no model and never use the network.

    from checker.facts.recognizers import china_recognizers
    for recognizer in china_recognizers("zh"):
        analyzer.registry.add_recognizer(recognizer)

Presidio and spaCy take two seconds to import: that happens in these functions, once a process.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from checker.facts.candidates import SHAPES
from checker.facts.shape import THRESHOLD, Shape, find

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine, PatternRecognizer

LANGUAGE = "zh"
# Presidio's names of entities where it has one; the others are the kind in capitals, with the country before it.
_ENTITIES = {
    "phone": "PHONE_NUMBER", "landline": "PHONE_NUMBER", "email": "EMAIL_ADDRESS", "credit_card": "CREDIT_CARD",
    "iban": "IBAN_CODE", "ssn": "US_SSN", "name": "PERSON", "address": "LOCATION", "resident_id": "CN_RESIDENT_ID",
    "permit": "CN_TRAVEL_PERMIT",
    "bank_card": "CN_BANK_CARD", "plate": "CN_LICENCE_PLATE", "order": "AMAZON_ORDER", "seller_id": "AMAZON_SELLER_ID",
    "im": "MESSENGER_ID", "account": "BANK_ACCOUNT", "code": "VERIFICATION_CODE", "key": "SECRET_KEY",
}  # fmt: skip


def entity(shape: Shape) -> str:
    """The name under which Presidio reports a shape."""
    return _ENTITIES.get(shape.kind, shape.kind.upper())


def china_recognizers(language: str = LANGUAGE) -> list[PatternRecognizer]:
    """One recognizer for each shape, for a registry of that language. Results below 0.5 lack their context."""
    return [_recognizer_class()(shape, number, language) for number, shape in enumerate(SHAPES)]


@cache
def _recognizer_class() -> Any:
    from presidio_analyzer import Pattern, PatternRecognizer, RecognizerResult  # noqa: PLC0415

    class ShapeRecognizer(PatternRecognizer):
        """A shape as Presidio knows it, with our checksums and context.

        Presidio's own enhancer looks for tokens, which tell nothing in Chinese; its e-mail recognizer fetches a list of
        domains from the network.
        """

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
            wanted = set(self.supported_entities) & set(entities)
            return [self._result(*hit) for hit in find(self.shape, text) if hit.score > 0] if wanted else []

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


@cache
def engine() -> AnalyzerEngine:
    """The analyzer with this pack only: no model, no network, no context by tokens."""
    from presidio_analyzer import AnalyzerEngine, ContextAwareEnhancer, RecognizerRegistry  # noqa: PLC0415
    from presidio_analyzer.nlp_engine import NoOpNlpEngine  # noqa: PLC0415

    class Weighed(ContextAwareEnhancer):
        """The recognizers have read the characters around their matches already."""

        def enhance_using_context(self, text: str, raw_results: Any, *_: Any, **__: Any) -> Any:  # noqa: ARG002
            return raw_results

    return AnalyzerEngine(
        registry=RecognizerRegistry(china_recognizers(), supported_languages=[LANGUAGE]),
        nlp_engine=NoOpNlpEngine([{"lang_code": LANGUAGE, "model_name": ""}]),
        supported_languages=[LANGUAGE],
        context_aware_enhancer=Weighed(0, 0, 0, 0),
        default_score_threshold=THRESHOLD,
    )


def confirmed(text: str, shapes: tuple[Shape, ...]) -> frozenset[tuple[str, int, int]]:
    """(entity, start, end) of what the analyzer finds of these shapes' entities in a text."""
    entities = list(dict.fromkeys(map(entity, shapes)))
    results = engine().analyze(text, LANGUAGE, entities=entities)
    return frozenset((r.entity_type, r.start, r.end) for r in results)
