// The page that checks a mail: write or drop it, read it with its findings, fix it, check it again.

import { byId, element, icon } from "./dom.js";
import { EML, JSON_TYPE, editable, fill, mailOf, posted, written } from "./draft.js";
import { acceptDrops } from "./dropping.js";
import { cards } from "./findings.js";
import { letter } from "./letter.js";
import { announce, tell } from "./problems.js";
import * as service from "./service.js";
import { listenToMarks, showInLetter } from "./together.js";
import { banner, leftOut, summary } from "./verdict.js";
import { facts, say } from "./words.js";

const VISITED = "presend-visited";
const NEW = { mail: null, report: null, view: null, past: [], name: "" };

const form = byId("draft");
const state = { ...NEW, run: 0 };

// Checking and showing.

/** Checks a mail and shows it. focus: where the keyboard goes then; told: what is said of it. */
async function check(mail, { focus = () => byId("verdict-title").focus(), told = null } = {}) {
  const run = ++state.run;
  busy(true);
  try {
    const [report, view] = await Promise.all([service.check(posted(mail)), service.read(posted(mail))]);
    if (run !== state.run) return;
    Object.assign(state, { mail, view, report: report.results[0] });
    show(report.notes);
    announce(told ? say(told, { verdict: summary(state.report) }) : summary(state.report));
    focus();
  } catch (problem) {
    if (run === state.run) tell(problem, () => check(mail, { focus, told }));
  } finally {
    if (run === state.run) busy(false);
  }
}

function busy(on) {
  document.body.classList.toggle("busy", on);
  if (on) announce(say("verdict.checking"));
}

function show(notes) {
  const { report, view, mail, past, name } = state;
  document.body.dataset.view = "read";
  byId("problem").replaceChildren();
  byId("verdict").replaceChildren(banner(report, apply));
  byId("incomplete").replaceChildren(...leftOut(report, notes));
  byId("letter").replaceChildren(...letter(view, report.findings).filter(Boolean));
  byId("findings").replaceChildren(...(report.findings.length ? cards(report, view, actionsOn(mail)) : [fine(report)]));
  byId("edit").hidden = !editable(mail);
  byId("undo").hidden = !past.length;
  byId("download").hidden = !(mail.type === EML && past.length);
  byId("copy").hidden = !editable(mail) || !mail.draft.text;
  byId("copied").textContent = "";
  byId("name").textContent = name;
  byId("example-note").hidden = !mail.example;
}

function fine(report) {
  const seen = report.incomplete.length || report.errors.length ? "finding.none-seen" : "finding.none-why";
  return element("li", { class: "all-well" }, icon("allow"),
    element("p", { class: "card-message" }, say("finding.none")), element("p", {}, say(seen)));
}

// Acting on findings.

/** What can be done about the findings of a mail: only a draft carries the token of an override. */
const actionsOn = (mail) => ({
  apply: (finding) => apply([finding]), show: showInLetter, feedback, override: mail.type === EML ? null : override,
});

async function apply(findings) {
  const { mail, report } = state;
  const ids = findings.map((finding) => finding.id);
  const at = report.findings.findIndex((finding) => finding.id === ids[0]);
  try {
    const fixed = await fixedMail(mail, report.digest, ids);
    state.past.push(mail);
    if (editable(fixed)) fill(form, fixed.draft);
    await check(fixed, { told: "finding.applied", focus: () => focusCard(at) });
  } catch (problem) {
    if (problem.status === 409) await check(mail);
    tell(problem, () => apply(findings));
  }
}

async function fixedMail(mail, digest, ids) {
  if (mail.type === EML) return { ...mail, bytes: await service.fixBytes(mail.bytes, digest, ids) };
  return { ...mail, draft: await service.fixDraft(mail.draft, digest, ids) };
}

/** The card that took the place of one that is gone; the result, where none is left. */
function focusCard(at) {
  const left = byId("findings").querySelectorAll(".card:not([hidden])");
  (left[Math.min(at, left.length - 1)] ?? byId("verdict-title")).focus();
}

function undo() {
  const mail = state.past.pop();
  if (editable(mail)) fill(form, mail.draft);
  check(mail, { told: "finding.undone" });
}

/** Lets a finding stand. The token covers it and those that the draft's own token covers. */
async function override(finding, reason) {
  const { mail, report } = state;
  try {
    const token = await service.override(mail.draft, report.digest, [{ id: finding.id, reason }]);
    await check({ ...mail, draft: { ...mail.draft, override: token } }, { focus: () => byId(`finding-${finding.id}`)?.focus() });
    announce(say("finding.overridden"));
  } catch (problem) {
    if (problem.status === 409) await check(mail);
    tell(problem, () => override(finding, reason));
  }
}

async function feedback(finding, said, box) {
  try {
    await service.feedback(finding, state.report.digest, said);
    box.replaceChildren(element("span", { tabindex: "-1" }, say("finding.thanks")));
    box.firstChild.focus();
  } catch (problem) {
    tell(problem, () => feedback(finding, said, box));
  }
}

// Getting a mail: typed, dropped, chosen.

function submit(event) {
  event.preventDefault();
  const draft = written(form);
  hint("");
  state.name = "";
  if (draft.subject.trim() || draft.text.trim()) { begin({ type: JSON_TYPE, draft }); return; }
  hint(say("write.empty"));
  form.elements.text.focus();
}

function begin(mail) {
  if (!mail.example) localStorage.setItem(VISITED, "yes");
  state.past = [];
  return check(mail);
}

async function open(files) {
  if (!files.length) return;
  hint(files.length > 1 ? say("problem.many") : "");
  try {
    const mail = await mailOf(files[0]);
    state.name = files[0].name;
    if (editable(mail)) fill(form, mail.draft);
    begin(mail);
  } catch (error) {
    hint(say(error instanceof SyntaxError ? "problem.400" : "problem.file"));
  }
}

function hint(words) {
  byId("form-note").textContent = words;
}

function example() {
  fill(form, facts.example);
  return { type: JSON_TYPE, draft: written(form), example: true };
}

function write(field) {
  state.run += 1;
  document.body.dataset.view = "write";
  busy(false);
  byId("problem").replaceChildren();
  form.elements[field].focus();
}

function another() {
  Object.assign(state, NEW, { past: [] });
  form.reset();
  write("from");
}

function download() {
  const url = URL.createObjectURL(new Blob([state.mail.bytes], { type: EML }));
  element("a", { href: url, download: state.name || "mail.eml" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

async function copy() {
  await navigator.clipboard.writeText(state.mail.draft.text);
  byId("copied").textContent = say("mail.copied");
  announce(say("mail.copied"));
}

function listen() {
  const pressed = { open: () => byId("file").click(), fill: () => begin(example()), edit: () => write("text"), undo, download, copy, print: () => print(), another, own: another };
  for (const [id, act] of Object.entries(pressed)) byId(id).addEventListener("click", act);
  form.addEventListener("submit", submit);
  form.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event); });
  byId("file").addEventListener("change", (event) => { open([...event.target.files]); event.target.value = ""; });
  acceptDrops(open);
  listenToMarks();
}

listen();
if (localStorage.getItem(VISITED) !== "yes") check(example(), { focus: () => {} });
