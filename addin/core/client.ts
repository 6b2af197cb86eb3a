/** The service over HTTP. Every call gives an outcome and none throws: a check that fails must not lose a mail. */

import type { Draft } from "./draft.js";
import { field, readReport, text } from "./report.js";
import type { Finding, Report } from "./report.js";
import type { Language } from "./settings.js";
import { inTime } from "./time.js";

/** Why there is no answer. */
export type Fault =
  | "unset" // no address of a service is configured
  | "away" // nobody answers, or the server failed
  | "slow" // no answer in time
  | "key" // the key is missing, wrong or revoked
  | "changed" // the draft is no longer the one that was checked
  | "forbidden" // the policy does not let the sender do that
  | "large" // more than the service takes
  | "garbled" // an answer that is none of presend's
  | "draft" // the service, or the shell, cannot read the draft
  | "hand"; // the shell cannot write that part: the user has to

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  /** detail: the service's own sentence for a person, or "". */
  | { readonly ok: false; readonly fault: Fault; readonly detail: string };

export interface Client {
  check(draft: Draft, within?: number): Promise<Outcome<Report>>;
  /** The draft with the edits of those findings; `digest` says which draft they were found in. */
  fix(draft: Draft, digest: string, findings: readonly string[]): Promise<Outcome<Draft>>;
  /** A token that lets the draft pass as long as it stays as it is. */
  override(draft: Draft, digest: string, findings: readonly string[], reason: string): Promise<Outcome<string>>;
  /** Tells that a finding is wrong. The words of the mail stay here. */
  feedback(finding: Finding, digest: string): Promise<Outcome<null>>;
}

export interface Address {
  readonly service: string;
  readonly key: string;
  readonly language: Language;
}

/** What a client needs of its surroundings. */
export interface Net {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Milliseconds for a call in all, its retry included. */
export const LIMIT = 3500;
/** A connection refused within so many milliseconds is a service that restarts: worth one more try. */
const AT_ONCE = 400;
const PAUSE = 250;

const FAULTS: Readonly<Record<number, Fault>> = {
  401: "key", 403: "forbidden", 409: "changed", 413: "large", 400: "draft", 422: "draft",
};

export const browserNet: Net = {
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
};

/** One call of the service: `body` is posted, undefined is a GET; `read` gives null for an answer that is none. */
export type Ask = <T>(path: string, body: unknown, read: (reply: unknown) => T | null, within?: number) => Promise<Outcome<T>>;

export function asking(address: Address, net: Net = browserNet): Ask {
  return async (path, body, read, within = LIMIT) =>
    address.service ? call(address, net, path, body, read, within) : failed("unset");
}

export function connect(address: Address, net: Net = browserNet): Client {
  const ask = asking(address, net);
  return {
    check: (draft, within) => ask("/v1/check", draft, readReport, within),
    fix: (draft, digest, findings) => ask("/v1/fix", { draft, digest, findings }, (reply) => fixed(draft, reply)),
    override: (draft, digest, findings, reason) =>
      ask("/v1/overrides", { draft, digest, findings: findings.map((id) => ({ id, reason })) }, (reply) =>
        text(field(reply, "override")) || null),
    feedback: async (finding, digest) => {
      const { rule, fingerprint } = finding;
      const told = await ask("/v1/feedback", { rule, fingerprint, digest, verdict: "false-positive" }, () => true);
      return told.ok ? { ok: true, value: null } : told;
    },
  };
}

export function failed(fault: Fault, detail = ""): { readonly ok: false; readonly fault: Fault; readonly detail: string } {
  return { ok: false, fault, detail };
}

/** The service echoes the draft it was given; only parts that a fix may change are taken from it. */
function fixed(draft: Draft, reply: unknown): Draft | null {
  const given = field(reply, "draft");
  if (typeof given !== "object" || given === null || typeof field(given, "subject") !== "string") return null;
  return { ...draft, ...(given as Partial<Draft>), attachments: draft.attachments, reply: draft.reply };
}

async function call<T>(
  address: Address, net: Net, path: string, body: unknown, read: (reply: unknown) => T | null, within: number,
): Promise<Outcome<T>> {
  // Classic Outlook's engine may have no AbortController: there a late answer is left alone.
  const stop = typeof AbortController === "undefined" ? null : new AbortController();
  const init = request(address, body, stop?.signal ?? null);
  const outcome = await inTime(answered(net, address.service + path, init, read), within);
  if (outcome) return outcome;
  stop?.abort();
  return failed("slow");
}

async function answered<T>(
  net: Net, url: string, init: RequestInit, read: (reply: unknown) => T | null,
): Promise<Outcome<T>> {
  try {
    const response = await reached(net, url, init);
    const reply = await parsed(response);
    if (!response.ok) return failed(FAULTS[response.status] ?? "away", text(field(reply, "detail")));
    const value = read(reply);
    return value === null ? failed("garbled") : { ok: true, value };
  } catch {
    return failed("away");
  }
}

/** One retry, and only of a connection that was refused at once. */
async function reached(net: Net, url: string, init: RequestInit): Promise<Response> {
  const started = net.now();
  try {
    return await net.fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted || net.now() - started > AT_ONCE) throw error;
    await net.wait(PAUSE);
    return await net.fetch(url, init);
  }
}

function request(address: Address, body: unknown, signal: AbortSignal | null): RequestInit {
  return {
    ...(body === undefined ? { method: "GET" } : { method: "POST", body: JSON.stringify(body) }),
    signal,
    headers: {
      "Content-Type": "application/json",
      "Accept-Language": address.language,
      ...(address.key ? { Authorization: `Bearer ${address.key}` } : {}),
    },
    // The draft goes to the configured address and nowhere else, without cookies, and is kept in no cache.
    redirect: "error",
    credentials: "omit",
    cache: "no-store",
    referrerPolicy: "no-referrer",
  };
}

async function parsed(response: Response): Promise<unknown> {
  const body = await response.text();
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}
