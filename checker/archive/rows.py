"""A judged mail as a row: what the audit keeps of it. Kinds, numbers and keyed hashes, never a word of the mail."""

from __future__ import annotations

import pyarrow as pa

CHECKED, QUARANTINED, BEFORE = "checked", "quarantined", "before"  # before: older than --since, not judged

_FINDING = pa.struct(
    [
        ("rule", pa.string()),
        ("severity", pa.string()),
        ("fingerprint", pa.string()),
        ("waived", pa.bool_()),
        ("place", pa.string()),  # subject, own, quote, table, sheet, header, attachment
        ("kind", pa.string()),  # of sensitive data, of a problem: what the rule tells apart
        ("term", pa.string()),  # the lexicon's entry, as the rule file has it
        ("numbers", pa.list_(pa.struct([("name", pa.string()), ("value", pa.float64())]))),
    ]
)
_FACT = pa.struct([("metric", pa.string()), ("value", pa.float64()), ("unit", pa.string()), ("product", pa.string())])
_MOMENT = pa.timestamp("us", tz="UTC")

ROW = pa.schema(
    [
        ("source", pa.string()),
        ("position", pa.int64()),
        ("name", pa.string()),
        ("sha256", pa.string()),
        ("size", pa.int64()),
        ("status", pa.string()),
        ("problem", pa.string()),
        ("ruleset", pa.string()),
        ("message_id", pa.string()),  # hashed, as answers, references and thread are
        ("answers", pa.string()),
        ("references", pa.list_(pa.string())),
        ("thread", pa.string()),
        ("reply", pa.bool_()),
        ("date", _MOMENT),
        ("sender", pa.string()),
        ("sender_domain", pa.string()),
        ("ours", pa.bool_()),
        ("team", pa.string()),
        ("domains", pa.list_(pa.string())),  # of the recipients
        ("verdict", pa.string()),
        ("scenario", pa.string()),
        ("notice", pa.bool_()),
        ("asks", pa.bool_()),
        ("due", _MOMENT),
        ("language", pa.string()),
        ("digest", pa.string()),
        ("incomplete", pa.list_(pa.string())),
        ("errors", pa.list_(pa.string())),
        ("findings", pa.list_(_FINDING)),
        ("facts", pa.list_(_FACT)),
    ]
)
