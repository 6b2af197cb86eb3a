/** Office.js as promises, and what of it this client has. */

export type Item = Office.MessageCompose;

/** The mail in whose window this runs. */
export function itemInHand(): Item {
  return Office.context.mailbox.item as unknown as Item;
}

/** What a call of Office.js comes to. Rejects with its error: the name of the error says more than its message. */
export function asked<T>(call: (done: (result: Office.AsyncResult<T>) => void) => void): Promise<T> {
  return new Promise((done, fail) => {
    call((result) => {
      if (result.status === Office.AsyncResultStatus.Succeeded) done(result.value);
      else fail(new Error(`${result.error.name}: ${result.error.message}`));
    });
  });
}

/** Whether the client has a requirement set of Mailbox: 1.14 buttons and modes of the alert, 1.15 formatting and sendAsync. */
export function has(level: "1.14" | "1.15"): boolean {
  try {
    return Office.context.requirements.isSetSupported("Mailbox", level);
  } catch {
    return false;
  }
}
