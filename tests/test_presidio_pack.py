"""The pack in anybody's Presidio: a plain analyzer, no model, no network, nothing of presend around it."""

import ast
import socket
from pathlib import Path

import pytest
from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
from presidio_analyzer.nlp_engine import NoOpNlpEngine

from checker.presidio_pack import analyzer, character_context, recognizers

PACK = Path(__file__).parent.parent / "checker" / "presidio_pack"


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def plain(language, *more, enhancer=True):
    return AnalyzerEngine(
        registry=RecognizerRegistry([*recognizers(language), *more], supported_languages=[language]),
        nlp_engine=NoOpNlpEngine([{"lang_code": language, "model_name": ""}]),
        supported_languages=[language],
        context_aware_enhancer=character_context() if enhancer else None,
        default_score_threshold=0.5,
    )


CASES = [
    ("zh", "身份证号\uff1a\uff11\uff11\uff10\uff11\uff10\uff15\uff11\uff19\uff14\uff19\uff11\uff12\uff13\uff11\uff10\uff10\uff12\uff38", "CN_RESIDENT_ID"),
    ("zh", "运单号\uff1a13812345678", None),
    ("zh", "手机\uff1a13812345678", "PHONE_NUMBER"),
    ("zh", "买家邮箱kate_s@yahoo.co.uk", "EMAIL_ADDRESS"),
    ("en", "card 4111 1111 1111 1111 was declined", "CREDIT_CARD"),
    ("en", "tracking 4111 1111 1111 1111", None),
    ("en", "Order 113-7654321-1234567", "AMAZON_ORDER"),
    ("en", "refresh token Atzr|IwEBIK3jf8sLq0dke9w2mPzXc7", "TOKEN"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "entity"), CASES)
@pytest.mark.parametrize("enhancer", [True, False])
def test_in_a_plain_analyzer(language, text, entity, enhancer):
    found = {result.entity_type for result in plain(language, enhancer=enhancer).analyze(text, language)}
    assert found == ({entity} if entity else set())


def test_the_enhancer_weighs_recognizers_of_others_by_the_characters_around():
    mine = PatternRecognizer(
        "BADGE", patterns=[Pattern("badge", r"\d{5}", 0.3)], context=["工牌"], supported_language="zh", name="Badge"
    )
    engine = plain("zh", mine)
    badges = {
        text: [r.score for r in engine.analyze(text, "zh", entities=["BADGE"])]
        for text in ("他的工牌号是12345", "号码12345", "工牌已发\uff0c运单号12345")
    }
    assert badges == {"他的工牌号是12345": [0.75], "号码12345": [], "工牌已发\uff0c运单号12345": []}


def test_english_keeps_presidios_own_that_are_no_noise():
    engine = analyzer("zh", "en")
    names = {one.name for one in engine.registry.get_recognizers("en", all_fields=True)}
    assert {"CreditCardRecognizer", "UsSsnRecognizer", "IbanRecognizer"} <= names
    assert not {"PhoneRecognizer", "UrlRecognizer", "EmailRecognizer", "UsBankRecognizer"} & names
    assert not {one.name for one in engine.registry.get_recognizers("zh", all_fields=True)} & {"CreditCardRecognizer"}


def test_it_needs_nothing_else_of_presend():
    for path in PACK.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("checker"):
                assert node.module.startswith("checker.presidio_pack"), path.name
