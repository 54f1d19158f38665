// Comments as HTML has them, which scripts may have too, from times when pages hid their scripts: `<!--` and, at the beginning of
// a line, `-->` comment out the rest of the line.

/** Where a statement may begin or end, so that it is no operator. */
const HTML_COMMENT = /(?<=(?:^|[;}])[ \t]*)<!--|(?<=^[ \t]*)-->/gm;

/** A text of the same length whose HTML comments are ordinary ones. */
export function withoutHtmlComments(text: string): string {
  if (!text.includes("<!--") && !text.includes("-->")) return text;
  return text.replace(HTML_COMMENT, (mark) => "//".padEnd(mark.length, "-"));
}
