/**
 * A strict parser for the XML that the exports write: elements, attributes in double quotes, text. It rejects anything else, so that
 * whatever it accepts is well-formed.
 */

export interface Element {
  readonly name: string;
  readonly attributes: readonly string[];
  /** The text of the element itself, with entities replaced. */
  text: string;
}

const tag = /<(\/?)([A-Za-z][\w-]*)((?:\s+[A-Za-z][\w:-]*="[^"<]*")*)\s*(\/?)>/y;
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

/** All elements in document order. @throws Error if the text is not well-formed */
export function elementsOf(xml: string): Element[] {
  const found: Element[] = [];
  const open: Element[] = [];
  for (let at = 0; at < xml.length; ) {
    if (xml[at] !== "<") {
      const end = xml.indexOf("<", at) < 0 ? xml.length : xml.indexOf("<", at);
      take(xml.slice(at, end), open.at(-1));
      at = end;
      continue;
    }
    tag.lastIndex = at;
    const [all = "", isEnd, name = "", attributes = "", isEmpty] = tag.exec(xml) ?? [];
    if (all === "") throw new Error(`No tag: ${xml.slice(at, at + 60)}`);
    if (isEnd) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> ends nothing.`);
    } else {
      const element = { name, attributes: Array.from(attributes.matchAll(/([\w:-]+)="/g), ([, name = ""]) => name), text: "" };
      plain(attributes);
      found.push(element);
      if (!isEmpty) open.push(element);
    }
    at += all.length;
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)?.name}> does not end.`);
  return found;
}

function take(text: string, element: Element | undefined): void {
  if (!element && text.trim() !== "") throw new Error(`Text outside of any element: ${text}`);
  if (element) element.text += plain(text);
}

/** The text with entities replaced. */
function plain(text: string): string {
  if (text.includes("]]>") || /[\p{Cs}\ufffe\uffff]|(?!\n)\p{Cc}/u.test(text)) throw new Error(`Not allowed in XML: ${text}`);
  return text.replace(/&([^;]*);?/g, (_, name: string) => {
    const character = entities[name];
    if (character === undefined) throw new Error(`No entity &${name};`);
    return character;
  });
}
