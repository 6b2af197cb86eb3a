/** A draft from a template: choose what the mail is about, fill in what is known, put it into the mail. */

import type { Ask, Outcome } from "../core/client.js";
import { failed } from "../core/client.js";
import { element } from "../core/elements.js";
import type { Language, Settings } from "../core/settings.js";
import type { Template, Wish } from "../core/templates.js";
import { listTemplates, newMail } from "../core/templates.js";
import type { Key, Say } from "../core/texts.js";
import { action, input, momentOf, select, told, withOffset } from "./form.js";
import { insert } from "./insert.js";
import type { Item } from "./office.js";
import { asked } from "./office.js";
import type { ProductForm } from "./product.js";
import { productForm } from "./product.js";
import { parsed, read } from "./recipients.js";

export interface Surroundings {
  readonly item: Item;
  readonly settings: Settings;
  readonly ask: Ask;
  readonly say: Say;
  /** The draft is in the mail: it can be checked. */
  done(): void;
}

const NAMES: Readonly<Record<string, Key>> = {
  restock: "scenarioRestock", logistics: "scenarioLogistics", ads: "scenarioAds", review: "scenarioReview", listing: "scenarioListing",
};

export async function showTemplates(panel: HTMLElement, around: Surroundings): Promise<void> {
  const report = told(around.say);
  const title = element("h1", {}, around.say("templatesTitle"));
  const form = element("div", { class: "form" }, title, report.line);
  panel.replaceChildren(form);
  report.say(around.say("loading"));
  const found = await listTemplates(around.ask);
  if (found.ok) form.replaceChildren(title, ...fields(found.value, around));
  else report.fault(found.fault, found.detail);
}

function fields(templates: readonly Template[], around: Surroundings): HTMLElement[] {
  const { settings, say } = around;
  const [scenarioRow, scenario] = select(say("scenario"), templates.map((one) => [one.scenario, nameOf(one.scenario, say)]));
  const [languageRow, language] = select(say("mailLanguage"), [["zh", "中文"], ["en", "English"]]);
  const [deadlineRow, deadline] = input(say("deadline"), { type: "datetime-local", name: "deadline" });
  language.value = settings.language;
  const products = productRows(say, settings.language, () => templates.find((one) => one.scenario === scenario.value));
  scenario.addEventListener("change", products.start);
  const report = told(say);
  const put = action(say("insert"), async () => {
    const entered = products.read();
    if (!entered) return report.wrong(say("asinWanted"));
    const moment = momentOf(deadline.value);
    const done = await insertedMail(around, scenario.value, {
      language: language.value as Language, deadline: moment && withOffset(moment), products: entered,
    });
    if (done.ok) around.done();
    else report.fault(done.fault, done.detail);
  });
  return [scenarioRow, products.rows, products.more, deadlineRow, languageRow, element("p", { class: "note" }, say("templateHint")), put, report.line];
}

function nameOf(scenario: string, say: Say): string {
  const key = NAMES[scenario];
  return key ? say(key) : scenario;
}

interface ProductRows {
  readonly rows: HTMLElement;
  readonly more: HTMLElement;
  /** Begins anew with one product, for another template. */
  start(): void;
  /** null: an ASIN is missing or wrong; the focus is there. */
  read(): Wish["products"] | null;
}

function productRows(say: Say, language: Language, chosen: () => Template | undefined): ProductRows {
  const rows = element("div", { class: "products" });
  let forms: readonly ProductForm[] = [];
  const add = (): ProductForm => {
    const form = productForm(chosen()?.fields ?? [], forms.length + 1, say, language);
    forms = [...forms, form];
    rows.append(form.row);
    return form;
  };
  const start = (): void => {
    forms = [];
    rows.replaceChildren();
    add();
  };
  start();
  const more = element("button", { type: "button", class: "quiet", click: () => add().focus() }, say("anotherProduct"));
  const readAll = (): Wish["products"] | null => {
    const entered = forms.map((form) => form.read());
    const wrong = entered.indexOf(null);
    if (wrong >= 0) forms[wrong]?.focus();
    return entered.every((one) => one !== null) ? entered : null;
  };
  return { rows, more, start, read: readAll };
}

/** Fetches the draft and puts it into the mail. */
async function insertedMail(around: Surroundings, scenario: string, wish: Omit<Wish, "from" | "to">): Promise<Outcome<true>> {
  const { item, ask } = around;
  try {
    const from = await asked<Office.EmailAddressDetails>((done) => item.from.getAsync(done));
    const mail = await newMail(ask, scenario, { ...wish, from: from.emailAddress, to: await addresses(item) });
    if (!mail.ok) return mail;
    await insert(item, mail.value);
    return { ok: true, value: true };
  } catch {
    return failed("draft");
  }
}

async function addresses(item: Item): Promise<string[]> {
  return (await read(item.to)).map((one) => parsed(one).emailAddress);
}
