// The Python sources as they ship: without comments, docstrings and blank lines, and indented by one space, as the bundles are minified.
import { parser } from "@lezer/python";

/**
 * The same program with less text. Tracebacks have other lines, which only concerns those of the runner itself.
 *
 * @param {string} text
 */
export function shortened(text) {
  const cuts = [];
  const strings = [];
  parser.parse(text).iterate({
    enter({ name, from, to, node }) {
      if (name === "Comment") cuts.push(withSpaceBefore(text, from, to));
      if (name === "String" || name === "ContinuedString" || name === "FormatString") strings.push([from, to]);
      if (name !== "ExpressionStatement" || !isText(node)) return true;
      cuts.push(isNeeded(node) ? [from, to, "pass"] : withSpaceBefore(text, from, to));
      return false;
    },
  });
  const isInString = (at) => strings.some(([from, to]) => at >= from && at < to);
  for (const { index, 0: line } of text.matchAll(/^[ \t]*\n/gm)) {
    if (!isInString(index)) cuts.push([index, index + line.length]);
  }
  for (const { index, 0: spaces } of text.matchAll(/^(?: {4})+/gm)) {
    if (!isInString(index)) cuts.push([index, index + spaces.length, " ".repeat(spaces.length / 4)]);
  }
  cuts.sort(([one], [other]) => one - other);
  let [short, at] = ["", 0];
  for (const [from, to, instead = ""] of cuts) {
    if (from < at) continue;
    short += text.slice(at, from) + instead;
    at = to;
  }
  return short + text.slice(at);
}

/** Whether a statement is a text that nobody reads. */
function isText({ firstChild, lastChild }) {
  return firstChild !== null && firstChild.from === lastChild.from && /^(?:Continued)?String$/.test(firstChild.name);
}

/** Whether a text is the last statement of a body in which there is nothing else. */
function isNeeded(node) {
  const { parent } = node;
  if (parent?.name !== "Body") return false;
  const statements = [];
  for (let each = parent.firstChild; each; each = each.nextSibling) {
    if (each.name !== ":" && each.name !== "Comment") statements.push(each);
  }
  return statements.at(-1).from === node.from && statements.every((each) => each.name === "ExpressionStatement" && isText(each));
}

/** With the spaces before it, and with the end of its line if there is nothing else on it. */
function withSpaceBefore(text, from, to) {
  let begin = from;
  while (begin > 0 && (text[begin - 1] === " " || text[begin - 1] === "\t")) begin -= 1;
  const isAlone = begin === 0 || text[begin - 1] === "\n";
  return [begin, isAlone && text[to] === "\n" ? to + 1 : to];
}
