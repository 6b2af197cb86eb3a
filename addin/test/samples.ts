/** Mails, findings and a service made up for the tests and the gallery. */

import type { Net } from "../core/client.js";
import type { Draft } from "../core/draft.js";
import { EMPTY } from "../core/draft.js";
import type { Shell } from "../core/desk.js";
import type { Review } from "../core/review.js";

export const DRAFT: Draft = { ...EMPTY, from: "Li Na <lina@acme.example>", to: ["wang@acme.example"], subject: "ASIN B08XYZ1234", text: "Please handle it asap." };

export const finding = (given: object = {}): object => ({
  id: "1", rule: "tone/blunt-urgency", severity: "warning", message: "Too blunt.", text: "asap", suggestion: "Could you …?",
  safe: false, fingerprint: "f1", waived: false, data: {},
  span: { part: "text", name: null, cell: null, readable_utf16: [17, 21], line: 1 }, edits: [], ...given,
});

export const report = (verdict: string, ...findings: object[]): object => ({
  presend: "1", results: [{ path: "draft", digest: "d1", verdict, findings, incomplete: [] }],
});

export type Answer = { status?: number; body: unknown } | Error;

/** A network that answers in order, or by path, and remembers what it was asked. */
export class FakeNet implements Net {
  readonly asked: { path: string; body: any; headers: Record<string, string> }[] = [];
  clock = 0;

  constructor(private readonly answer: (path: string, body: any, count: number) => Answer | Promise<Answer>) {}

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const path = new URL(url).pathname;
    const body = JSON.parse(String(init.body)) as unknown;
    this.asked.push({ path, body, headers: init.headers as Record<string, string> });
    const answer = await this.answer(path, body, this.asked.length);
    if (answer instanceof Error) throw answer;
    const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
    return new Response(text, { status: answer.status ?? 200 });
  };
  readonly now = (): number => this.clock;
  readonly wait = async (milliseconds: number): Promise<void> => {
    this.clock += milliseconds;
  };
}

/** A mail client with one draft in memory. */
export class FakeShell implements Shell {
  sent = 0;
  review: Review | null = null;

  constructor(public draft: Draft = DRAFT) {}

  async read(): Promise<Draft> {
    return this.draft;
  }
  async write(_before: Draft, after: Draft): Promise<void> {
    this.draft = after;
  }
  async send(): Promise<void> {
    this.sent += 1;
  }
  async load(): Promise<Review | null> {
    return this.review && (JSON.parse(JSON.stringify(this.review)) as Review);
  }
  async save(review: Review): Promise<void> {
    this.review = review;
  }
}
