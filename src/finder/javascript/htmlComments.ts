// HTML comments, which are allowed in scripts for historical reasons: `<!--` and, at the beginning of a line, `-->` comment out the
// rest of the line.

/** Matches HTML comments only where a statement can begin or end, so that they are not operators. */
const HTML_COMMENT = /(?<=(?:^|[;}])[ \t]*)<!--|(?<=^[ \t]*)-->/gm;

/** A text of the same length with ordinary comments instead of HTML comments. */
export function withoutHtmlComments(text: string): string {
  if (!text.includes("<!--") && !text.includes("-->")) return text;
  return text.replace(HTML_COMMENT, (mark) => "//".padEnd(mark.length, "-"));
}
