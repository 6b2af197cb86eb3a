/** The service's report on one draft: the part of its JSON that a person sees, read with care. */

export const SEVERITIES = ["error", "warning", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];
export type Verdict = "allow" | "confirm" | "block";

export interface Span {
  readonly part: string;
  /** Of an attachment: its name, and the sheet and cell. */
  readonly name: string | null;
  readonly cell: string | null;
  /** UTF-16 units in the text that a person sees. */
  readonly readable_utf16: readonly [number, number];
  readonly line: number;
}

export interface Edit {
  readonly part: string;
  /** UTF-16 units in the part as it was sent to the service. */
  readonly utf16: readonly [number, number];
  readonly text: string;
}

export interface Finding {
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** The words it is about; empty where it is about something that is not there. */
  readonly text: string;
  readonly suggestion: string | null;
  readonly safe: boolean;
  readonly fingerprint: string | null;
  readonly waived: boolean;
  /** Whether the policy lets a sender override it with a reason; null: the service does not say. */
  readonly overridable: boolean | null;
  readonly span: Span;
  readonly edits: readonly Edit[];
}

export interface Report {
  readonly digest: string | null;
  readonly verdict: Verdict;
  /** Without the waived ones; the gravest first. */
  readonly findings: readonly Finding[];
  /** What could not be checked, and why: time, size, depth, encrypted, count. */
  readonly incomplete: readonly { readonly what: string; readonly why: string }[];
}

/** The report in a reply of /v1/check; null where it is none. */
export function readReport(reply: unknown): Report | null {
  const result = list(field(reply, "results"))[0];
  const verdict = field(result, "verdict");
  if (verdict !== "allow" && verdict !== "confirm" && verdict !== "block") return null;
  const findings = list(field(result, "findings")).map(readFinding);
  if (findings.includes(null)) return null;
  return {
    digest: textOrNull(field(result, "digest")),
    verdict,
    findings: gravestFirst(findings.filter((one): one is Finding => one !== null && !one.waived)),
    incomplete: list(field(result, "incomplete")).map((one) => ({ what: text(field(one, "what")), why: text(field(one, "why")) })),
  };
}

function readFinding(given: unknown): Finding | null {
  const severity = SEVERITIES.find((known) => known === field(given, "severity"));
  const id = field(given, "id");
  if (!severity || typeof id !== "string") return null;
  const overridable = field(given, "overridable");
  return {
    id,
    rule: text(field(given, "rule")),
    severity,
    message: text(field(given, "message")),
    text: text(field(given, "text")),
    suggestion: textOrNull(field(given, "suggestion")),
    safe: field(given, "safe") === true,
    fingerprint: textOrNull(field(given, "fingerprint")),
    waived: field(given, "waived") === true,
    overridable: typeof overridable === "boolean" ? overridable : null,
    span: readSpan(field(given, "span")),
    edits: list(field(given, "edits")).map((edit) => ({
      part: text(field(edit, "part")), utf16: pair(field(edit, "utf16")), text: text(field(edit, "text")),
    })),
  };
}

function readSpan(given: unknown): Span {
  const line = field(given, "line");
  return {
    part: text(field(given, "part")),
    name: textOrNull(field(given, "name")),
    cell: textOrNull(field(given, "cell")),
    readable_utf16: pair(field(given, "readable_utf16")),
    line: typeof line === "number" ? line : 1,
  };
}

function gravestFirst(findings: readonly Finding[]): Finding[] {
  const of = (severity: Severity): Finding[] => findings.filter((one) => one.severity === severity);
  return [...of("error"), ...of("warning"), ...of("info")];
}

export function field(given: unknown, key: string): unknown {
  return typeof given === "object" && given !== null ? (given as Record<string, unknown>)[key] : undefined;
}

export function list(given: unknown): readonly unknown[] {
  return Array.isArray(given) ? given : [];
}

export function text(given: unknown): string {
  return typeof given === "string" ? given : "";
}

function textOrNull(given: unknown): string | null {
  return typeof given === "string" && given !== "" ? given : null;
}

function pair(given: unknown): [number, number] {
  const [from, to] = list(given);
  return typeof from === "number" && typeof to === "number" ? [from, to] : [0, 0];
}
