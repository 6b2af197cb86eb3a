"""The bodies of requests and answers as pydantic models: what /openapi.json is made from.

A draft is judged by checker.draft alone, as at every door; the models here describe it, and a test
holds the two together.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SkipValidation, WithJsonSchema

_SIX_BITS = r"(?:[A-Za-z0-9+/]\s*)"
_BASE64 = rf"^\s*(?:{_SIX_BITS}{{4}})*(?:{_SIX_BITS}{{2}}=\s*=\s*|{_SIX_BITS}{{3}}=\s*)?$"
_RFC3339 = r"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:[0-5]\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$"
_DATE_TIME = {"type": "string", "format": "date-time", "pattern": _RFC3339, "examples": ["2026-03-10T10:00:00+08:00"]}
Moment = Annotated[str, WithJsonSchema({"anyOf": [_DATE_TIME, {"type": "string", "const": ""}]})]
Severity = Literal["error", "warning", "info"]
FindingId = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,5}$")]  # as the report numbers them
Verdict = Literal["allow", "confirm", "block"]
Range = Annotated[list[int], Field(min_length=2, max_length=2)]


class Closed(BaseModel):
    """An object with no key but those listed."""

    model_config = ConfigDict(extra="forbid", strict=True)


class AttachmentModel(Closed):
    """A file of a draft. content null: judged by name and size."""

    name: str | None = None
    size: float | None = Field(None, description="bytes")
    type: str | None = None
    inline: bool | None = None
    content: str | None = Field(None, description="base64", pattern=_BASE64)
    link: str | None = None


class ReplyModel(Closed):
    """What the draft answers."""

    message_id: str | None = None
    subject: str | None = None
    sender: str | None = Field(None, alias="from")
    to: list[str] | None = None
    cc: list[str] | None = None
    date: Moment | None = None
    references: list[str] | None = None


class Draft(Closed):
    """A mail as a client holds it. html wins over text; every key may be absent or null."""

    sender: str | None = Field(None, alias="from")
    to: list[str] | None = None
    cc: list[str] | None = None
    bcc: list[str] | None = None
    reply_to: list[str] | None = None
    subject: str | None = None
    html: str | None = None
    text: str | None = None
    date: Moment | None = None
    language: Literal["zh", "en"] | None = None
    attachments: list[AttachmentModel] | None = None
    reply: ReplyModel | None = None
    override: str | None = Field(None, description="the token that /v1/overrides gave")


class SpanModel(Closed):
    """Where a finding stands: `source` in the part as sent, `readable` in the text a person sees."""

    part: str
    attachment: int | None
    name: str | None
    cell: str | None
    source: Range
    source_utf16: Range
    readable: Range
    readable_utf16: Range
    line: int
    column: int


class EditModel(Closed):
    """What replaces a range of a part as sent."""

    part: str
    start: int
    end: int
    utf16: Range
    text: str


class FindingModel(BaseModel):
    """One fault: where, what is wrong, what to write instead."""

    id: str
    rule: str
    severity: Severity
    message: str
    text: str
    suggestion: str | None
    safe: bool
    fingerprint: str | None
    waived: bool
    data: dict[str, Any]
    span: SpanModel
    edits: list[EditModel]


class IncompleteModel(Closed):
    """Something that was not looked at."""

    what: str
    why: Literal["time", "size", "depth", "encrypted", "count"]


class FactsModel(Closed):
    """Deadlines, products and figures as read, sensitive values masked."""

    deadlines: list[dict[str, Any]]
    asins: list[dict[str, Any]]
    lines: list[dict[str, Any]]


class ResultModel(BaseModel):
    """The outcome for one mail."""

    path: str
    digest: str | None
    verdict: Verdict
    scenario: str
    notice: bool
    findings: list[FindingModel]
    facts: FactsModel
    defects: list[str]
    incomplete: list[IncompleteModel]
    errors: list[str]


class SummaryModel(Closed):
    """Results per verdict, findings per rule."""

    messages: int
    block: int
    confirm: int
    allow: int
    findings: dict[str, int]


class Report(Closed):
    """The report of `presend check --format json`; results holds one."""

    presend: Literal["1"]
    ruleset: str
    results: list[ResultModel]
    notes: list[str]
    summary: SummaryModel


class FieldProblem(Closed):
    """A field that does not fit, and what is allowed there; never its value."""

    field: str
    reason: str


class FixRequest(Closed):
    """A draft that was checked, its report's digest, and the ids of the findings whose edits are wanted."""

    draft: SkipValidation[Draft]
    digest: str
    findings: list[FindingId]


class FixQuery(BaseModel):
    """The same for a mail (message/rfc822): `finding` may be repeated."""

    digest: str = ""
    finding: list[FindingId] = []


class Fixed(Closed):
    """The draft with the edits, every other key as it was."""

    draft: Draft
    applied: list[str]


class RuleLine(BaseModel):
    """A rule in a list. severity_outside: where the mail leaves the company."""

    id: str
    severity: Severity
    severity_outside: Severity
    enabled: bool
    why: str


class RuleList(Closed):
    """The rules of a policy."""

    ruleset: str
    rules: list[RuleLine]


class RuleInFull(RuleLine):
    """A rule with its options and examples, which are partial drafts; «…» says where a finding stands."""

    source: str
    options: dict[str, Any]
    passes: list[dict[str, Any]]
    fails: list[dict[str, Any]]


class Readiness(Closed):
    """What is loaded once is there."""

    status: Literal["ready"]
    records_queued: int


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None


class Health(Closed):
    """The process answers."""

    status: Literal["ok"]
