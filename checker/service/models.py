"""The bodies of requests and answers as pydantic models: what /openapi.json is made from.

A draft is judged by checker.draft alone, as at every door; the models here describe it, and a test
holds the two together.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"}, examples=["2026-03-10T10:00:00+08:00"])]
Verdict = Literal["allow", "confirm", "block"]
Range = Annotated[list[int], Field(min_length=2, max_length=2)]


class Closed(BaseModel):
    """An object with no key but those listed."""

    model_config = ConfigDict(extra="forbid", strict=True)


class AttachmentModel(Closed):
    """A file of a draft. content null: judged by name and size."""

    name: str = ""
    size: float | None = Field(None, description="bytes")
    type: str | None = None
    inline: bool | None = None
    content: str | None = Field(None, description="base64")
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
    severity: Literal["error", "warning", "info"]
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
