/** A new mail into the draft that is being written: nothing that stands there is lost. */

import type { NewMail } from "../core/templates.js";
import { asked } from "./office.js";
import type { Item } from "./office.js";
import { add } from "./recipients.js";

/** The text goes before what is there (a signature, the mail that is answered); a subject that is there stays. */
export async function insert(item: Item, mail: NewMail): Promise<void> {
  const subject = await asked<string>((done) => item.subject.getAsync(done));
  if (subject.trim() === "") await asked<void>((done) => item.subject.setAsync(mail.subject, done));
  await prepend(item, mail.text);
  await add(item.cc, mail.cc);
  for (const { name, content } of mail.attachments) {
    await asked<string>((done) => item.addFileAttachmentFromBase64Async(content, name, done));
  }
}

async function prepend(item: Item, text: string): Promise<void> {
  const type = await asked<Office.CoercionType>((done) => item.body.getTypeAsync(done));
  const content = type === Office.CoercionType.Html ? asHtml(text) : `${text}\n\n`;
  await asked<void>((done) => item.body.prependAsync(content, { coercionType: type }, done));
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function asHtml(text: string): string {
  const lines = text.split("\n").map((line) => line.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign));
  return `${lines.map((line) => `<div>${line || "<br>"}</div>`).join("")}<div><br></div>`;
}
