/**
 * Runs the built launchevent.js as classic Outlook does: one file, in an engine with Office, fetch and timers and nothing
 * that came after ES2016. Reads {script, mail, steps} from standard input, writes {answers, mail, happened, milliseconds}.
 */

import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import type { Mail } from "./fake-outlook.js";
import { fakeOutlook, MAIL, nothingYet } from "./fake-outlook.js";

interface Run {
  script: string;
  mail: Partial<Mail>;
  /** In place of the settings of the build. */
  settings?: object;
  /** Names of events that are raised at once; or changes to the mail; or milliseconds to wait. */
  steps: (string[] | Partial<Mail> | number)[];
}

/** Built-ins of ECMAScript 2017 and later (the specification's own list of additions, edition by edition). */
const LATER = `
  for (const name of ["entries", "values", "getOwnPropertyDescriptors", "fromEntries", "hasOwn", "groupBy"]) delete Object[name];
  for (const name of ["padStart", "padEnd", "trimStart", "trimEnd", "matchAll", "replaceAll", "at", "isWellFormed", "toWellFormed"]) delete String.prototype[name];
  for (const name of ["flat", "flatMap", "at", "findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced", "with"]) delete Array.prototype[name];
  for (const name of ["allSettled", "any", "withResolvers"]) delete Promise[name];
  delete Promise.prototype.finally;
  for (const name of ["BigInt", "WeakRef", "FinalizationRegistry", "AggregateError", "SharedArrayBuffer", "Atomics", "Intl", "WebAssembly"]) delete this[name];
  delete this.globalThis;
`;

const run = JSON.parse(readFileSync(0, "utf8")) as Run;
const mail: Mail = { ...MAIL, ...run.mail };
const happened = nothingYet();
const { Office, fire } = fakeOutlook(mail, happened, "event");
const engine = createContext({ Office, fetch, setTimeout, clearTimeout, console });
runInContext(LATER, engine);
const built = readFileSync(run.script, "utf8");
const settings = run.settings && `var presendSettings = ${JSON.stringify(run.settings)};`;
runInContext(settings ? built.replace(/^var presendSettings = .*$/m, settings) : built, engine);

const answers: unknown[] = [];
const started = Date.now();
for (const step of run.steps) {
  if (Array.isArray(step)) answers.push(...(await Promise.all(step.map(fire))));
  else if (typeof step === "number") await new Promise((done) => setTimeout(done, step));
  else Object.assign(mail, step);
}
const milliseconds = Date.now() - started;
// What is still under way may complete an event a second time.
await new Promise((done) => setTimeout(done, 50));
process.stdout.write(JSON.stringify({ answers, mail, happened, milliseconds }), () => process.exit(0));
