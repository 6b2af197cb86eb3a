// Bundles the add-ins into the Python package that packs and serves them, or (--tests) the tests for node --test.
import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { build } from "esbuild";
import { icon, writeIcons } from "./icons.mjs";

const OUT = "../checker/addin/dist";
const TESTS = ".tests";

/** What esbuild writes for an object that is copied calls one function that came after ES2016. */
const ES2016 = `Object.getOwnPropertyDescriptors || (Object.getOwnPropertyDescriptors = function (of) {
  return Reflect.ownKeys(of).reduce(function (all, key) { all[key] = Object.getOwnPropertyDescriptor(of, key); return all; }, {});
});`;

/**
 * A client: its scripts, the oldest engine that runs them (and what that lacks), what goes beside them unchanged, and in
 * which sizes it wants our icon as PNG (icon-16.png and so on) and as a white outline.
 */
const CLIENTS = [
  {
    name: "thunderbird",
    scripts: ["background.ts", "popup.ts", "options.ts"],
    target: "firefox128",
    files: ["thunderbird/manifest.json", "thunderbird/popup.html", "core/options.html", "core/icon.svg", "core/page.css"],
  },
  {
    name: "gmail",
    scripts: ["background.ts", "content.ts", "options.ts"],
    target: "chrome125",
    files: ["gmail/manifest.json", "gmail/managed_schema.json", "core/options.html", "core/page.css"],
    icons: [16, 32, 48, 128],
  },
  { name: "outlook", scripts: ["launchevent.ts"], target: "es2016", before: ES2016 },
  {
    name: "outlook",
    scripts: ["taskpane.ts"],
    target: ["chrome109", "safari16.4"],
    files: ["outlook/manifest.json", "outlook/manifest.xml", "outlook/launchevent.html", "outlook/taskpane.html", "outlook/pane.css", "core/page.css"],
    icons: [16, 32, 64, 80, 128, 192],
    outline: 32,
  },
];

async function buildClient({ name, scripts, target, before = "", files = [], icons = [], outline }) {
  await build({
    entryPoints: scripts.map((script) => `${name}/${script}`),
    outdir: `${OUT}/${name}`,
    bundle: true,
    format: "iife",
    target,
    banner: { js: before },
    charset: "utf8",
    legalComments: "none",
  });
  for (const file of files) await cp(file, `${OUT}/${name}/${basename(file)}`);
  await writeIcons(`${OUT}/${name}`, icons);
  if (outline) await writeFile(`${OUT}/${name}/outline.png`, await icon(outline, { paint: "#ffffff" }));
  if (files.some((file) => basename(file) === "manifest.json")) await writeLocales(`${OUT}/${name}/_locales`);
}

/** The few words that a manifest shows, taken from the one table of texts. */
async function writeLocales(folder) {
  const bundled = await build({ entryPoints: ["core/texts.ts"], bundle: true, format: "esm", write: false, charset: "utf8" });
  const { TEXTS } = await import(`data:text/javascript,${encodeURIComponent(bundled.outputFiles[0].text)}`);
  for (const [locale, texts] of [["en", TEXTS.en], ["zh_CN", TEXTS.zh]]) {
    const messages = { name: texts.addinName, short: texts.addinShort, description: texts.addinDescription, button: texts.button };
    const document = Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, { message }]));
    await mkdir(`${folder}/${locale}`, { recursive: true });
    await writeFile(`${folder}/${locale}/messages.json`, JSON.stringify(document, null, 2));
  }
}

async function buildTests() {
  await rm(TESTS, { recursive: true, force: true });
  const tests = (await readdir("test")).filter((name) => name.endsWith(".test.ts"));
  await build({
    entryPoints: tests.map((name) => `test/${name}`),
    outdir: TESTS,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node18",
    sourcemap: "inline",
  });
}

if (process.argv.includes("--tests")) {
  await buildTests();
} else {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  for (const client of CLIENTS) await buildClient(client);
  // Not shipped to a mail client: the panel alone, with mails made up for it, and an Outlook made up, for tests.
  await build({ entryPoints: ["test/gallery.ts", "test/fake-office.ts"], outdir: ".gallery", bundle: true, format: "iife", charset: "utf8" });
  await build({ entryPoints: ["test/outlook-events.ts"], outdir: ".gallery", outExtension: { ".js": ".mjs" }, bundle: true, format: "esm", platform: "node", target: "node18" });
  await cp("test/gallery.html", ".gallery/gallery.html");
}
