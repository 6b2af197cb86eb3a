// Draws core/icon.svg as PNG for the mail clients that take no SVG: its strokes with round ends, smooth at every size.
import { readFile, writeFile } from "node:fs/promises";
import { deflateSync } from "node:zlib";

const SVG = "core/icon.svg";
const BOX = 24; // units of the drawing's viewBox

/** Writes icon-16.png and so on into a folder. */
export async function writeIcons(folder, sizes) {
  for (const size of sizes) await writeFile(`${folder}/icon-${size}.png`, await icon(size));
}

/** The drawing as a PNG of size × size pixels on nothing; `paint` (#rrggbb) in place of its colours; `margin` in pixels. */
export async function icon(size, { paint, margin = 0 } = {}) {
  const strokes = strokesOf(await readFile(SVG, "utf8"), paint);
  const scale = (size - 2 * margin) / BOX;
  const pixels = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const point = [(x + 0.5 - margin) / scale, (y + 0.5 - margin) / scale];
      pixels.set(colourAt(point, strokes, scale), (y * size + x) * 4);
    }
  }
  return png(size, pixels);
}

/** [red, green, blue, alpha] where a pixel's middle lies; the strokes do not overlap by more than their edges. */
function colourAt(point, strokes, scale) {
  let colour = [0, 0, 0, 0];
  for (const { lines, width, rgb } of strokes) {
    const away = Math.min(...lines.map((line) => distance(point, line)));
    const covered = Math.min(1, Math.max(0, (width / 2 - away) * scale + 0.5));
    if (covered * 255 > colour[3]) colour = [...rgb, Math.round(covered * 255)];
  }
  return colour;
}

function distance([x, y], [[fromX, fromY], [toX, toY]]) {
  const [alongX, alongY] = [toX - fromX, toY - fromY];
  const at = ((x - fromX) * alongX + (y - fromY) * alongY) / (alongX ** 2 + alongY ** 2);
  const within = Math.min(1, Math.max(0, at));
  return Math.hypot(x - fromX - within * alongX, y - fromY - within * alongY);
}

/** The paths of an SVG that has straight strokes only; a path without a colour of its own has that of the drawing. */
function strokesOf(svg, paint) {
  const attribute = (tag, name) => new RegExp(`\\b${name}="([^"]+)"`).exec(tag)?.[1];
  const [drawing, ...paths] = svg.match(/<(svg|path)\b[^>]*>/g);
  return paths.map((path) => ({
    lines: linesOf(attribute(path, "d")),
    width: Number(attribute(drawing, "stroke-width")),
    rgb: [...Buffer.from((paint ?? attribute(path, "stroke") ?? attribute(drawing, "stroke")).slice(1), "hex")],
  }));
}

/** The lines of path data made of M, L, H and V, absolute or relative. */
function linesOf(data) {
  const numbers = data.match(/[a-z]|-?[\d.]+/gi);
  const lines = [];
  let [command, at] = ["M", [0, 0]];
  const next = () => Number(numbers.shift());
  while (numbers.length > 0) {
    if (/[a-z]/i.test(numbers[0])) command = numbers.shift();
    const [x, y] = command === command.toLowerCase() ? at : [0, 0];
    const kind = command.toUpperCase();
    if (!"MLHV".includes(kind)) throw new Error(`${SVG}: ${command}: only M, L, H and V are drawn`);
    const to = kind === "H" ? [x + next(), at[1]] : kind === "V" ? [at[0], y + next()] : [x + next(), y + next()];
    if (kind !== "M") lines.push([at, to]);
    at = to;
    if (kind === "M") command = command === "M" ? "L" : "l";
  }
  return lines;
}

/** A PNG of 8 bits a channel (PNG specification, third edition, section 11). */
function png(size, pixels) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8); // 8 bits; red, green, blue, alpha
  const row = size * 4;
  const rows = Array.from({ length: size }, (_, y) => Buffer.concat([Buffer.from([0]), pixels.subarray(y * row, (y + 1) * row)]));
  const chunks = [chunk("IHDR", header), chunk("IDAT", deflateSync(Buffer.concat(rows), { level: 9 })), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...chunks]);
}

function chunk(type, data) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** CRC-32 as in PNG's annex D; node's own came after 20.0. */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
