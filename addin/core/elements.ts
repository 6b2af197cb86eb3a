/** DOM built piece by piece: words of a mail only ever become text nodes. */

type Attributes = Readonly<Record<string, string | boolean | (() => void) | undefined>>;

/** An element; true is an attribute without a value, false and undefined none, a function a listener for its event. */
export function element(tag: string, attributes: Attributes = {}, ...children: readonly (Node | string | null)[]): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== false && value !== undefined) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** A drawing of strokes in a box of 24 units, which says nothing to a screen reader. */
export function drawing(kind: string, ...paths: readonly string[]): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", kind);
  svg.setAttribute("aria-hidden", "true");
  for (const path of paths) {
    const stroke = document.createElementNS(SVG, "path");
    stroke.setAttribute("d", path);
    svg.append(stroke);
  }
  return svg;
}
