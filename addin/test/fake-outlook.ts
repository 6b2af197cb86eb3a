/**
 * Outlook made up: one mail being written, and the part of Office.js that we use, with its documented limits as errors.
 * Whatever is asked for beyond that throws. It runs in Node for the hooks and, as office.js, in a browser for the pane.
 */

export interface Attached {
  id: string;
  name: string;
  size: number;
  attachmentType: "file" | "item" | "cloud";
  isInline: boolean;
  url?: string;
  content: string;
  format: "base64" | "eml" | "url";
}

export interface Person {
  displayName: string;
  emailAddress: string;
}

/** What outlives a page or an engine: the mail, its session data, the mailbox's settings. */
export interface Mail {
  from: Person;
  to: Person[];
  cc: Person[];
  bcc: Person[];
  subject: string;
  bodyType: "html" | "text";
  body: string;
  attachments: Attached[];
  session: Record<string, string>;
  roaming: Record<string, unknown>;
  /** Requirement set of the client, such as 1.15. */
  level: number;
  language: string;
  /** Calls that fail, and calls that never answer, by name: "sessionData.setAsync". */
  failing: string[];
  hanging: string[];
  /** Milliseconds for an attachment's content. */
  contentTakes: number;
}

export interface Happened {
  /** Options of every event.completed, in order. */
  completed: unknown[];
  calls: string[];
  sent: number;
  closed: number;
  /** Breaches of a limit or of a contract. */
  wrong: string[];
}

export const MAIL: Mail = {
  from: { displayName: "王芳", emailAddress: "wang.fang@lantu-trade.cn" }, to: [], cc: [], bcc: [], subject: "", bodyType: "html",
  body: "", attachments: [], session: {}, roaming: {}, level: 1.15, language: "zh-CN", failing: [], hanging: [], contentTakes: 0,
};

export function nothingYet(): Happened {
  return { completed: [], calls: [], sent: 0, closed: 0, wrong: [] };
}

/** What an engine may do: handle events, or show a task pane. */
type Place = "event" | "pane";
type Handler = (event: object) => void;
type Callback = (result: { status: string; value?: unknown; error?: { name: string; message: string; code: number } }) => void;

/** Options of event.completed and the requirement set that they came with. */
const OPTIONS: Readonly<Record<string, number>> = {
  allowEvent: 1.12, errorMessage: 1.12, cancelLabel: 1.14, commandId: 1.14, contextData: 1.14, sendModeOverride: 1.14, errorMessageMarkdown: 1.15,
};
const SESSION = 50_000;
const BODY = 1_000_000;
const NAME = 255;
const RECIPIENTS = 100;

/** The global Office for one engine; `fire` raises an event there, and gives what completed it. */
export function fakeOutlook(mail: Mail, happened: Happened, place: Place): { Office: object; fire(name: string): Promise<unknown> } {
  const world = new World(mail, happened);
  const handlers: Record<string, Handler> = {};
  const Office = world.strict("Office", {
    context: contextOf(world, place),
    actions: world.strict("actions", {
      associate: (name: string, handler: Handler) => {
        if (place !== "event") world.wrong("a task pane has no event to handle");
        handlers[name] = handler;
      },
    }),
    ...enumsOf(world),
    ...(place === "pane" ? { onReady: () => Promise.resolve({ host: "Outlook", platform: "OfficeOnline" }) } : {}),
  });
  return { Office, fire: (name) => fired(world, name, handlers[name]) };
}

class World {
  constructor(readonly mail: Mail, readonly happened: Happened) {}

  /** Notes a breach, and throws it at whoever committed it. */
  wrong(what: string): never {
    this.happened.wrong.push(what);
    throw new Error(what);
  }

  /** An object that has what is written here, and nothing else. */
  strict<T extends object>(name: string, members: T): T {
    return new Proxy(members, {
      get: (of, key) => (key in of || typeof key === "symbol" || key === "then" ? Reflect.get(of, key) : this.wrong(`${name}.${key} is not to be had`)),
      set: (_of, key) => this.wrong(`${name}.${String(key)} is not to be set`),
    });
  }

  /** A call that answers later, by its callback; what `run` throws is the name of Office's error. */
  call(name: string, callback: unknown, run: () => unknown, takes = 0): void {
    this.happened.calls.push(name);
    if (typeof callback !== "function") this.wrong(`${name}: no callback`);
    if (this.mail.hanging.includes(name)) return;
    setTimeout(() => {
      const answer = callback as Callback;
      try {
        if (this.mail.failing.includes(name)) fail("InternalError");
        answer({ status: "succeeded", value: run() });
      } catch (error) {
        answer({ status: "failed", error: { name: (error as Error).message, message: "", code: 9000 } });
      }
    }, takes);
  }
}

function fail(name: string): never {
  throw new Error(name);
}

function contextOf(world: World, place: Place): object {
  const { mail, happened } = world;
  return world.strict("Office.context", {
    displayLanguage: mail.language,
    requirements: world.strict("requirements", { isSetSupported: (name: string, level: string) => name === "Mailbox" && mail.level >= Number(level) }),
    roamingSettings: world.strict("roamingSettings", {
      get: (name: string) => mail.roaming[name],
      ...(place === "pane" ? {
        set: (name: string, value: unknown) => { mail.roaming[name] = JSON.parse(JSON.stringify(value)); },
        saveAsync: (done: unknown) => world.call("roamingSettings.saveAsync", done, () => undefined),
      } : {}),
    }),
    mailbox: world.strict("mailbox", { item: itemOf(world, place) }),
    ...(place === "pane" ? { ui: world.strict("ui", { closeContainer: () => { happened.closed += 1; } }) } : {}),
  });
}

function enumsOf(world: World): object {
  return {
    AsyncResultStatus: world.strict("AsyncResultStatus", { Succeeded: "succeeded", Failed: "failed" }),
    CoercionType: world.strict("CoercionType", { Html: "html", Text: "text" }),
    MailboxEnums: world.strict("MailboxEnums", {
      AttachmentType: world.strict("AttachmentType", { File: "file", Item: "item", Cloud: "cloud" }),
      AttachmentContentFormat: world.strict("AttachmentContentFormat", { Base64: "base64", Eml: "eml", Url: "url" }),
      ...(world.mail.level >= 1.14 ? { SendModeOverride: world.strict("SendModeOverride", { PromptUser: "promptUser" }) } : {}),
    }),
  };
}

function itemOf(world: World, place: Place): object {
  const { mail, happened } = world;
  return world.strict("item", {
    from: world.strict("item.from", { getAsync: (done: unknown) => world.call("from.getAsync", done, () => ({ ...mail.from })) }),
    to: recipientsOf(world, "to"), cc: recipientsOf(world, "cc"), bcc: recipientsOf(world, "bcc"),
    subject: subjectOf(world), body: bodyOf(world), sessionData: sessionOf(world),
    ...attachmentsOf(world, place),
    ...(place === "pane" && mail.level >= 1.15 ? { sendAsync: (done: unknown) => world.call("sendAsync", done, () => { happened.sent += 1; }) } : {}),
  });
}

function recipientsOf(world: World, field: "to" | "cc" | "bcc"): object {
  const { mail } = world;
  const checked = (given: unknown): Person[] => {
    if (!Array.isArray(given) || given.length > RECIPIENTS) return world.wrong(`${field}: more than ${RECIPIENTS} recipients at once`);
    const people = given as Person[];
    if (!people.every((one) => /^[^\s@<>]+@[^\s@<>]+$/.test(one.emailAddress))) fail("InvalidRecipient");
    return people.map(({ displayName, emailAddress }) => ({ displayName, emailAddress }));
  };
  return world.strict(`item.${field}`, {
    getAsync: (done: unknown) => world.call(`${field}.getAsync`, done, () => mail[field].map((one) => ({ ...one }))),
    setAsync: (given: unknown, done: unknown) => world.call(`${field}.setAsync`, done, () => { mail[field] = checked(given); }),
    addAsync: (given: unknown, done: unknown) => world.call(`${field}.addAsync`, done, () => { mail[field] = [...mail[field], ...checked(given)]; }),
  });
}

function subjectOf(world: World): object {
  const { mail } = world;
  return world.strict("item.subject", {
    getAsync: (done: unknown) => world.call("subject.getAsync", done, () => mail.subject),
    setAsync: (given: string, done: unknown) => world.call("subject.setAsync", done, () => {
      if (given.length > NAME) fail("DataExceedsMaximumSize");
      mail.subject = given;
    }),
  });
}

function bodyOf(world: World): object {
  const { mail } = world;
  const fitting = (content: unknown, { coercionType }: { coercionType?: string }): string => {
    if (typeof content !== "string") return world.wrong("body: no string");
    if (content.length > BODY) fail("DataExceedsMaximumSize");
    if (!coercionType) world.wrong("body: set as text for want of a coercionType");
    if (coercionType === "html" && mail.bodyType === "text") fail("InvalidFormatError");
    if (coercionType === "text" && mail.bodyType === "html") world.wrong("body: HTML would become plain text");
    return content;
  };
  return world.strict("item.body", {
    getTypeAsync: (done: unknown) => world.call("body.getTypeAsync", done, () => mail.bodyType),
    getAsync: (type: string, done: unknown) => world.call("body.getAsync", done, () => (type === mail.bodyType ? mail.body : world.wrong("body: in another format"))),
    setAsync: (content: unknown, options: object, done: unknown) => world.call("body.setAsync", done, () => { mail.body = fitting(content, options); }),
    prependAsync: (content: unknown, options: object, done: unknown) => world.call("body.prependAsync", done, () => { mail.body = fitting(content, options) + mail.body; }),
  });
}

function sessionOf(world: World): object {
  const { session } = world.mail;
  const length = (of: Record<string, string>): number => Object.entries(of).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return world.strict("item.sessionData", {
    getAsync: (name: string, done: unknown) => world.call("sessionData.getAsync", done, () => session[name] ?? fail("KeyNotFound")),
    setAsync: (name: string, value: unknown, done: unknown) => world.call("sessionData.setAsync", done, () => {
      if (typeof value !== "string") return world.wrong("sessionData: no string");
      if (length({ ...session, [name]: value }) > SESSION) return world.wrong(`sessionData: more than ${SESSION} characters`);
      session[name] = value;
      return undefined;
    }),
  });
}

function attachmentsOf(world: World, place: Place): object {
  const { mail } = world;
  const found = (id: string): Attached => mail.attachments.find((one) => one.id === id) ?? fail("InvalidAttachmentId");
  return {
    getAttachmentsAsync: (done: unknown) => world.call("getAttachmentsAsync", done, () =>
      mail.attachments.map(({ id, name, size, attachmentType, isInline, url }) => ({ id, name, size, attachmentType, isInline, url }))),
    getAttachmentContentAsync: (id: string, done: unknown) => world.call("getAttachmentContentAsync", done, () => {
      const { content, format } = found(id);
      return { content, format };
    }, mail.contentTakes),
    ...(place === "pane" ? {
      addFileAttachmentFromBase64Async: (content: string, name: string, done: unknown) => world.call("addFileAttachmentFromBase64Async", done, () => {
        if (name.length > NAME) fail("DataExceedsMaximumSize");
        const id = `added-${mail.attachments.length}`;
        mail.attachments.push({ id, name, size: (content.length / 4) * 3, attachmentType: "file", isInline: false, content, format: "base64" });
        return id;
      }),
    } : {}),
  };
}

function fired(world: World, name: string, handler: Handler | undefined): Promise<unknown> {
  let count = 0;
  return new Promise((done) => {
    const completed = (options?: Record<string, unknown>): void => {
      count += 1;
      if (count > 1) world.happened.wrong.push(`${name} was completed ${count} times`);
      world.happened.wrong.push(...faultsOf(options ?? {}, world.mail.level));
      world.happened.completed.push(options ?? null);
      done(options ?? null);
    };
    if (!handler) return world.wrong(`nobody handles ${name}`);
    return handler(world.strict("event", { completed }));
  });
}

/** What event.completed would not take. */
function faultsOf(options: Record<string, unknown>, level: number): string[] {
  const faults = Object.entries(options).flatMap(([name, value]) => {
    const since = OPTIONS[name];
    const most = name === "cancelLabel" ? 20 : 500;
    return [
      ...(since === undefined ? [`unknown option ${name}`] : level < since ? [`${name} before Mailbox ${since}`] : []),
      ...(typeof value === "string" && (value === "" || value.length > most) ? [`${name} has ${value.length} characters`] : []),
    ];
  });
  if (options["allowEvent"] === false && !options["errorMessage"]) faults.push("held without a word");
  if (options["cancelLabel"] !== undefined && options["commandId"] === undefined) faults.push("a label without a command");
  if ((options["sendModeOverride"] ?? "promptUser") !== "promptUser") faults.push("only promptUser overrides");
  return faults.map((fault) => `event.completed: ${fault}`);
}
