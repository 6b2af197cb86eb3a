"""Recognizers for presidio-analyzer: PRC and marketplace data, without a model and without the network.

Nothing here needs the rest of presend. To use it in any Presidio:

    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NoOpNlpEngine
    from checker.presidio_pack import character_context, recognizers

    analyzer = AnalyzerEngine(
        registry=RecognizerRegistry(recognizers("zh"), supported_languages=["zh"]),
        nlp_engine=NoOpNlpEngine([{"lang_code": "zh", "model_name": ""}]),
        supported_languages=["zh"],
        context_aware_enhancer=character_context(),
        default_score_threshold=0.5,
    )
    analyzer.analyze("身份证号11010519491231002X", "zh")

or, ready made, `analyzer("zh", "en")`. Presidio and spaCy take two seconds to import: that happens inside these
functions, once a process.
"""

from __future__ import annotations

from checker.presidio_pack.recognizers import analyzer, character_context, entity, recognizers
from checker.presidio_pack.shapes import SHAPES

__all__ = ["SHAPES", "analyzer", "character_context", "entity", "recognizers"]
