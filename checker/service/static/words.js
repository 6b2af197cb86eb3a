// The page's texts, as the server wrote them into the page, in the reader's language.

const page = JSON.parse(document.getElementById("page-data").textContent);

/** zh or en: also the language that findings are asked for in. */
export const language = page.language;

/** What the server says of itself and its policy: features, overridable, example. */
export const facts = page.facts;

/** The text of a key with its blanks filled; of “one | many”, n chooses. */
export function say(key, blanks = {}) {
  const text = page.words[key];
  if (text === undefined) throw new Error(`no text ${key}`);
  const [one, many] = text.split(" | ");
  return (many !== undefined && blanks.n !== 1 ? many : one).replace(/\{(\w+)\}/g, (_, name) => blanks[name]);
}

/** Whether there is a text of that key. */
export function has(key) {
  return key in page.words;
}
