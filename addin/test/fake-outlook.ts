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

const OPTIONS: Readonly<Record<string, number>> = {
  allowEvent: 1.12, errorMessage: 1.12, cancelLabel: 1.14, commandId: 1.14, contextData: 1.14, sendModeOverride: 1.14, errorMessageMarkdown: 1.15,
};
const SESSION = 50_000;
const BODY = 1_000_000;
const RECIPIENTS = 100;

type Callback = (result: { status: string; value?: unknown; error?: { name: string; message: string; code: number } }) => void;

/** The global Office for one engine. `place`: what that engine may do. */
export function fakeOutlook(mail: Mail, happened: Happened, place: "event" | "pane"): { Office: object; fire(name: string): Promise<unknown> } {
  const handlers: Record<string, (event: object) => void> = {};
  const wrong = (what: string): never => {
    happened.wrong.push(what);
    throw new Error(what);
  };

  /** An object that has what is written here, and nothing else. */
  const strict = <T extends object>(name: string, members: T): T =>
    new Proxy(members, {
      get: (of, key) => (key in of || typeof key === "symbol" || key === "then" ? Reflect.get(of, key) : wrong(`${name}.${key} is not to be had`)),
      set: (_of, key) => wrong(`${name}.${String(key)} is not to be set`),
    });

  const call = (name: string, callback: unknown, run: () => unknown, takes = 0): void => {
    happened.calls.push(name);
    if (typeof callback !== "function") wrong(`${name}: no callback`);
    if (mail.hanging.includes(name)) return;
    setTimeout(() => {
      const answer = callback as Callback;
      try {
        if (mail.failing.includes(name)) throw new Error("InternalError");
        answer({ status: "succeeded", value: run() });
      } catch (error) {
        answer({ status: "failed", error: { name: String((error as Error).message), message: "", code: 9000 } });
      }
    }, takes);
  };
  const fail = (name: string): never => { throw new Error(name); };

  const recipients = (name: "to" | "cc" | "bcc"): object => {
    const checked = (given: unknown): Person[] => {
      const people = given as Person[];
      if (!Array.isArray(given) || people.length > RECIPIENTS) wrong(`${name}: more than ${RECIPIENTS} recipients at once`);
      for (const one of people) if (!/^[^\s@<>]+@[^\s@<>]+$/.test(one.emailAddress)) fail("InvalidRecipient");
      return people.map(({ displayName, emailAddress }) => ({ displayName, emailAddress }));
    };
    return strict(`item.${name}`, {
      getAsync: (done: unknown) => call(`${name}.getAsync`, done, () => mail[name].map((one) => ({ ...one }))),
      setAsync: (given: unknown, done: unknown) => call(`${name}.setAsync`, done, () => { mail[name] = checked(given); }),
      addAsync: (given: unknown, done: unknown) => call(`${name}.addAsync`, done, () => { mail[name] = [...mail[name], ...checked(given)]; }),
    });
  };

  const bodyContent = (content: unknown, options: { coercionType?: string }): string => {
    if (typeof content !== "string") return wrong("body: no string");
    if (content.length > BODY) fail("DataExceedsMaximumSize");
    if (!options.coercionType) wrong("body: set as text for want of a coercionType");
    if (options.coercionType === "html" && mail.bodyType === "text") fail("InvalidFormatError");
    if (options.coercionType === "text" && mail.bodyType === "html") wrong("body: HTML would become plain text");
    return content;
  };
  const body = strict("item.body", {
    getTypeAsync: (done: unknown) => call("body.getTypeAsync", done, () => mail.bodyType),
    getAsync: (type: string, done: unknown) => call("body.getAsync", done, () => (type === mail.bodyType ? mail.body : wrong("body: in another format"))),
    setAsync: (content: unknown, options: object, done: unknown) => call("body.setAsync", done, () => { mail.body = bodyContent(content, options); }),
    prependAsync: (content: unknown, options: object, done: unknown) => call("body.prependAsync", done, () => { mail.body = bodyContent(content, options) + mail.body; }),
  });

  const held = (): number => Object.entries(mail.session).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  const sessionData = strict("item.sessionData", {
    getAsync: (name: string, done: unknown) => call("sessionData.getAsync", done, () => mail.session[name] ?? fail("KeyNotFound")),
    setAsync: (name: string, value: unknown, done: unknown) => call("sessionData.setAsync", done, () => {
      if (typeof value !== "string") return wrong("sessionData: no string");
      const before = mail.session[name];
      mail.session[name] = value;
      if (held() <= SESSION) return undefined;
      if (before === undefined) delete mail.session[name];
      else mail.session[name] = before;
      return wrong(`sessionData: more than ${SESSION} characters`);
    }),
  });

  const found = (id: string): Attached => mail.attachments.find((one) => one.id === id) ?? fail("InvalidAttachmentId");
  const item = strict("item", {
    from: strict("item.from", { getAsync: (done: unknown) => call("from.getAsync", done, () => ({ ...mail.from })) }),
    to: recipients("to"), cc: recipients("cc"), bcc: recipients("bcc"),
    subject: strict("item.subject", {
      getAsync: (done: unknown) => call("subject.getAsync", done, () => mail.subject),
      setAsync: (given: string, done: unknown) => call("subject.setAsync", done, () => {
        if (given.length > 255) fail("DataExceedsMaximumSize");
        mail.subject = given;
      }),
    }),
    body,
    sessionData,
    getAttachmentsAsync: (done: unknown) => call("getAttachmentsAsync", done, () =>
      mail.attachments.map(({ id, name, size, attachmentType, isInline, url }) => ({ id, name, size, attachmentType, isInline, url }))),
    getAttachmentContentAsync: (id: string, done: unknown) => call("getAttachmentContentAsync", done, () => {
      const { content, format, attachmentType } = found(id);
      if (attachmentType === "item" && mail.level >= 1.15) fail("UnsupportedAttachment");
      return { content, format };
    }, mail.contentTakes),
    ...(place === "pane" ? {
      addFileAttachmentFromBase64Async: (content: string, name: string, done: unknown) => call("addFileAttachmentFromBase64Async", done, () => {
        if (name.length > 255) fail("DataExceedsMaximumSize");
        const id = `added-${mail.attachments.length}`;
        mail.attachments.push({ id, name, size: (content.length / 4) * 3, attachmentType: "file", isInline: false, content, format: "base64" });
        return id;
      }),
    } : {}),
    ...(place === "pane" && mail.level >= 1.15 ? { sendAsync: (done: unknown) => call("sendAsync", done, () => { happened.sent += 1; }) } : {}),
  });

  const context = strict("Office.context", {
    displayLanguage: mail.language,
    requirements: strict("requirements", { isSetSupported: (name: string, level: string) => name === "Mailbox" && mail.level >= Number(level) }),
    roamingSettings: strict("roamingSettings", {
      get: (name: string) => mail.roaming[name],
      ...(place === "pane" ? {
        set: (name: string, value: unknown) => { mail.roaming[name] = JSON.parse(JSON.stringify(value)); },
        saveAsync: (done: unknown) => call("roamingSettings.saveAsync", done, () => undefined),
      } : {}),
    }),
    mailbox: strict("mailbox", { item }),
    ...(place === "pane" ? { ui: strict("ui", { closeContainer: () => { happened.closed += 1; } }) } : {}),
  });

  const checkOptions = (options: Record<string, unknown>): void => {
    for (const [name, value] of Object.entries(options)) {
      const since = OPTIONS[name];
      if (since === undefined) happened.wrong.push(`event.completed: unknown option ${name}`);
      else if (mail.level < since) happened.wrong.push(`event.completed: ${name} before Mailbox ${since}`);
      const most = name === "cancelLabel" ? 20 : name.startsWith("errorMessage") ? 500 : Infinity;
      if (typeof value === "string" && (value.length > most || value === "")) happened.wrong.push(`event.completed: ${name} has ${value.length} characters`);
    }
    if (options["allowEvent"] === false && !options["errorMessage"]) happened.wrong.push("event.completed: held without a word");
    if (options["cancelLabel"] !== undefined && options["commandId"] === undefined) happened.wrong.push("event.completed: a label without a command");
    if ((options["sendModeOverride"] ?? "promptUser") !== "promptUser") happened.wrong.push("event.completed: only promptUser overrides");
  };

  const Office = strict("Office", {
    context,
    actions: strict("actions", {
      associate: (name: string, handler: (event: object) => void) => {
        if (place !== "event") wrong("a task pane has no event to handle");
        handlers[name] = handler;
      },
    }),
    AsyncResultStatus: strict("AsyncResultStatus", { Succeeded: "succeeded", Failed: "failed" }),
    CoercionType: strict("CoercionType", { Html: "html", Text: "text" }),
    MailboxEnums: strict("MailboxEnums", {
      AttachmentType: strict("AttachmentType", { File: "file", Item: "item", Cloud: "cloud" }),
      AttachmentContentFormat: strict("AttachmentContentFormat", { Base64: "base64", Eml: "eml", Url: "url" }),
      ...(mail.level >= 1.14 ? { SendModeOverride: strict("SendModeOverride", { PromptUser: "promptUser" }) } : {}),
    }),
    ...(place === "pane" ? { onReady: () => Promise.resolve({ host: "Outlook", platform: "OfficeOnline" }) } : {}),
  });

  /** Raises an event, and gives what completed it. */
  const fire = (name: string): Promise<unknown> => new Promise((done) => {
    let count = 0;
    const handler = handlers[name];
    if (!handler) return wrong(`nobody handles ${name}`);
    handler(strict("event", {
      completed: (options?: Record<string, unknown>) => {
        count += 1;
        if (count > 1) happened.wrong.push(`${name} was completed ${count} times`);
        if (name === "onMessageSend" || options) checkOptions(options ?? {});
        happened.completed.push(options ?? null);
        done(options ?? null);
      },
    }));
  });
  return { Office, fire };
}

export function nothingYet(): Happened {
  return { completed: [], calls: [], sent: 0, closed: 0, wrong: [] };
}
