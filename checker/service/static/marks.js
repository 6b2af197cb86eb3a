// Which words of a text belong to which findings: ranges that may overlap, cut into pieces that do not.

const ORDER = ["error", "warning", "info"];

/** The findings that stand in a part of the mail, with their UTF-16 range; those without words are left out. */
export function marksIn(findings, part, hidden = []) {
  return findings
    .filter((finding) => finding.span.part === part && finding.span.attachment === null)
    .filter((finding) => !isHidden(finding, hidden))
    .map((finding) => ({ finding, start: finding.span.readable_utf16[0], end: finding.span.readable_utf16[1] }))
    .filter((mark) => mark.end > mark.start);
}

/** Whether a finding stands in an HTML attribute or comment: sent, not seen. */
export function isHidden(finding, hidden) {
  const [start, end] = finding.span.source_utf16;
  return hidden.some(([from, to]) => start >= from && end <= to && to > from);
}

/** [start, end) cut at every edge of the marks: [{start, end, findings}], findings the severest first. */
export function pieces(start, end, marks) {
  const inside = marks.filter((mark) => mark.start < end && mark.end > start);
  const edges = new Set([start, end]);
  for (const mark of inside) {
    edges.add(Math.max(start, mark.start));
    edges.add(Math.min(end, mark.end));
  }
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((from, i) => ({
    start: from,
    end: sorted[i + 1],
    findings: inside.filter((mark) => mark.start <= from && mark.end >= sorted[i + 1]).map((mark) => mark.finding)
      .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || length(a) - length(b)),
  }));
}

function length(finding) {
  return finding.span.readable_utf16[1] - finding.span.readable_utf16[0];
}
