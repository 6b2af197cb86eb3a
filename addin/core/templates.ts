/** Drafts from the service's templates: what there is, what each asks for, and what comes of it. */

import type { Ask, Outcome } from "./client.js";
import { field, list, text } from "./report.js";
import type { Language } from "./settings.js";

export interface TemplateField {
  readonly name: string;
  readonly label: Readonly<Record<Language, string>>;
}

export interface Template {
  readonly scenario: string;
  /** What it asks of each product, besides its ASIN. */
  readonly fields: readonly TemplateField[];
}

export interface Wish {
  readonly language: Language;
  readonly from: string;
  readonly to: readonly string[];
  /** RFC 3339, or null: left blank in the draft. */
  readonly deadline: string | null;
  readonly products: readonly { readonly asin: string; readonly fields: Readonly<Record<string, string>> }[];
}

/** A new mail; what was not known stands in it as a marked blank. */
export interface NewMail {
  readonly subject: string;
  readonly text: string;
  readonly cc: readonly string[];
  readonly attachments: readonly { readonly name: string; readonly content: string }[];
}

export function listTemplates(ask: Ask): Promise<Outcome<readonly Template[]>> {
  return ask("/v1/templates", undefined, (reply) => {
    const templates = list(field(reply, "templates")).map((one) => ({
      scenario: text(field(one, "scenario")),
      fields: list(field(one, "fields")).map((given) => ({
        name: text(field(given, "name")), label: { zh: text(field(given, "zh")), en: text(field(given, "en")) },
      })),
    }));
    return templates.length > 0 ? templates : null;
  });
}

export function newMail(ask: Ask, scenario: string, wish: Wish): Promise<Outcome<NewMail>> {
  return ask(`/v1/templates/${encodeURIComponent(scenario)}`, wish, (reply) => {
    if (text(field(reply, "text")) === "") return null;
    return {
      subject: text(field(reply, "subject")),
      text: text(field(reply, "text")),
      cc: list(field(reply, "cc")).map(text),
      attachments: list(field(reply, "attachments")).map((one) => ({ name: text(field(one, "name")), content: text(field(one, "content")) })),
    };
  });
}
