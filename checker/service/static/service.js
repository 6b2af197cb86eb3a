// Calls to the service that this page came from. Every failure is a Problem with a status (0: not reached).

import { language } from "./words.js";

const KEY = "presend-key";

/** A call that was not answered as hoped. problem: the RFC 9457 document, where there is one. */
export class Problem extends Error {
  constructor(status, problem = {}, wait = null) {
    super(problem.detail || problem.title || String(status));
    this.status = status;
    this.detail = problem.detail || "";
    this.errors = problem.errors || [];
    this.wait = wait;
  }
}

/** Keeps the key for this tab. */
export function useKey(key) {
  sessionStorage.setItem(KEY, key);
}

/** Headers of every call: the language, and the key where there is one. */
export function headers(type) {
  const key = sessionStorage.getItem(KEY);
  return {
    "Accept-Language": language,
    ...(type ? { "Content-Type": type } : {}),
    ...(key ? { Authorization: `Bearer ${key}` } : {}),
  };
}

async function call(path, { type, body } = {}) {
  let answer;
  try {
    answer = await fetch(path, { method: body === undefined ? "GET" : "POST", headers: headers(type), body });
  } catch {
    throw new Problem(0);
  }
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

async function problemOf(answer) {
  const wait = Number.parseInt(answer.headers.get("Retry-After") ?? "", 10);
  const said = await answer.json().catch(() => ({}));
  return new Problem(answer.status, said, Number.isNaN(wait) ? null : wait);
}

const json = async (path, data) =>
  (await call(path, { type: "application/json", body: JSON.stringify(data) })).json();

/** The report on a mail ({type, body}). */
export const check = async (mail) => (await (await call("/v1/check", mail)).json());

/** The mail as a person reads it, with UTF-16 offsets. */
export const read = async (mail) => (await (await call("/page/mail", mail)).json());

/** The draft with the fixes of these findings. */
export const fixDraft = async (draft, digest, findings) =>
  (await json("/v1/fix", { draft, digest, findings })).draft;

/** The same for a mail in bytes. */
export async function fixBytes(bytes, digest, findings) {
  const query = new URLSearchParams([["digest", digest], ...findings.map((id) => ["finding", id])]);
  const answer = await call(`/v1/fix?${query}`, { type: "message/rfc822", body: bytes });
  return answer.arrayBuffer();
}

/** A token that lets these findings stand: [{id, reason}]. */
export const override = async (draft, digest, findings) =>
  (await json("/v1/overrides", { draft, digest, findings })).override;

/** Tells that a finding was useful or wrong; no text of the mail goes with it. */
export const feedback = (finding, digest, verdict) =>
  json("/v1/feedback", { rule: finding.rule, fingerprint: finding.fingerprint, digest, verdict });

const rules = new Map();

/** A rule as the service explains it; asked for once. */
export async function rule(id) {
  if (!rules.has(id)) rules.set(id, await (await call(`/v1/rules/${id}`)).json());
  return rules.get(id);
}

/** A page of the service, parsed: for parts that the server draws. */
export const page = async (path) => new DOMParser().parseFromString(await (await call(path)).text(), "text/html");
