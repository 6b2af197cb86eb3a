/** What an add-in is told by its build, its administrator or its user; read with care, for all of them mistype. */

import { field, SEVERITIES, text } from "./report.js";
import type { Finding } from "./report.js";

export type Language = "zh" | "en";
export type Unavailable = "confirm" | "allow" | "block";

export interface Settings {
  /** The service's address without a slash at its end; "": not set. */
  readonly service: string;
  /** Bearer key of the service; "": none. */
  readonly key: string;
  /** What happens to a mail when the check cannot be had. */
  readonly unavailable: Unavailable;
  /** Severities and rule ids that a sender may override with a reason. */
  readonly overridable: readonly string[];
  readonly language: Language;
  /** Whom to ask when a mail has to leave and may not: shown as written. */
  readonly help: string;
}

const UNAVAILABLE: readonly Unavailable[] = ["confirm", "allow", "block"];
const OVERRIDABLE: readonly string[] = ["warning"];

/** Settings from layers of plain data, the strongest first; what is missing or wrong in one comes from the next. */
export function readSettings(layers: readonly unknown[], shown: string): Settings {
  const first = <T>(read: (layer: unknown) => T | undefined, otherwise: T): T =>
    layers.map(read).find((value) => value !== undefined) ?? otherwise;
  return {
    service: first((layer) => address(field(layer, "service")), ""),
    key: first((layer) => text(field(layer, "key")) || undefined, ""),
    unavailable: first((layer) => UNAVAILABLE.find((known) => known === field(layer, "unavailable")), "confirm"),
    overridable: first((layer) => words(field(layer, "overridable")), OVERRIDABLE),
    language: first((layer) => language(field(layer, "language")), languageOf(shown)),
    help: first((layer) => text(field(layer, "help")) || undefined, ""),
  };
}

/** The language of our texts for the one the mail client is shown in (a BCP 47 tag). */
export function languageOf(shown: string): Language {
  return shown.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** Whether the policy lets the sender override a finding; the service's word counts before the settings'. */
export function mayOverride(finding: Finding, settings: Settings): boolean {
  if (finding.severity === SEVERITIES[2]) return true;
  const { severity, rule } = finding;
  return finding.overridable ?? (settings.overridable.includes(severity) || settings.overridable.includes(rule));
}

function address(given: unknown): string | undefined {
  if (!/^https?:\/\/[^\s/?#]+[^\s?#]*$/.test(text(given))) return undefined;
  return text(given).replace(/\/+$/, "");
}

function language(given: unknown): Language | undefined {
  return given === "zh" || given === "en" ? given : undefined;
}

function words(given: unknown): readonly string[] | undefined {
  return Array.isArray(given) && given.every((one) => typeof one === "string") ? given : undefined;
}
