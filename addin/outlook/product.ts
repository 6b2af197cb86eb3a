/** What is entered of one product for a template. */

import { element } from "../core/elements.js";
import type { Language } from "../core/settings.js";
import type { TemplateField } from "../core/templates.js";
import type { Say } from "../core/texts.js";
import { input } from "./form.js";

export interface ProductForm {
  readonly row: HTMLElement;
  /** null: the ASIN is none. A field that is left empty is a blank in the draft, or known to the service. */
  read(): { readonly asin: string; readonly fields: Readonly<Record<string, string>> } | null;
  focus(): void;
}

/** B and nine letters or digits, or an ISBN-10. */
const ASIN = /^(?:B[0-9A-Z]{9}|[0-9]{9}[0-9X])$/;

export function productForm(fields: readonly TemplateField[], number: number, say: Say, language: Language): ProductForm {
  const [asinRow, asin] = input("ASIN", { name: "asin", maxlength: "10", autocomplete: "off", spellcheck: "false" });
  const inputs = fields.map(({ name, label }) => {
    const [row, entry] = input(capital(label[language]), { name, autocomplete: "off" });
    return { name, row, entry };
  });
  asin.addEventListener("input", () => asin.removeAttribute("aria-invalid"));
  const row = element("fieldset", {}, element("legend", {}, say("product", { number })), asinRow,
    element("div", { class: "pairs" }, ...inputs.map((one) => one.row)));
  return {
    row,
    read() {
      const written = asin.value.trim().toUpperCase();
      asin.setAttribute("aria-invalid", String(!ASIN.test(written)));
      const known = inputs.map(({ name, entry }): [string, string] => [name, entry.value.trim()]).filter(([, value]) => value !== "");
      return ASIN.test(written) ? { asin: written, fields: Object.fromEntries(known) } : null;
    },
    focus: () => asin.focus(),
  };
}

/** The service's words stand inside sentences too. */
function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
