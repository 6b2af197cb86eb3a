// A mail on the page: {type, draft} for draft JSON, {type, bytes} for an .eml file; and the form that writes one.

export const EML = "message/rfc822";
export const JSON_TYPE = "application/json";

const FIELDS = ["from", "to", "cc", "subject", "text"];

/** What is typed in the form, as a draft. An address field is one entry of its list: the service parts the people. */
export function written(form) {
  const value = (name) => form.elements[name].value;
  const list = (name) => (value(name).trim() ? [value(name)] : []);
  return { from: value("from"), to: list("to"), cc: list("cc"), subject: value("subject"), text: value("text") };
}

/** Writes a draft into the form. */
export function fill(form, draft) {
  const lists = { to: (draft.to ?? []).join(", "), cc: (draft.cc ?? []).join(", ") };
  for (const name of FIELDS) form.elements[name].value = lists[name] ?? draft[name] ?? "";
}

/** Whether the form can show all of a mail. */
export function editable(mail) {
  return mail.type === JSON_TYPE && !mail.draft.html && !(mail.draft.attachments ?? []).length;
}

/** The body of a request with this mail. */
export function posted(mail) {
  return { type: mail.type, body: mail.type === EML ? mail.bytes : JSON.stringify(mail.draft) };
}

/** A file as a mail. Raises SyntaxError: a .json file that holds no JSON; NotReadableError as the browser does. */
export async function mailOf(file) {
  const bytes = await file.arrayBuffer();
  if (!file.name.toLowerCase().endsWith(".json")) return { type: EML, bytes };
  return { type: JSON_TYPE, draft: Object(JSON.parse(new TextDecoder().decode(bytes))) };
}
