/**
 * Text of the user's as the text of an XML document: never markup, and nothing that a document may not hold.
 */
import { printable } from "../printable";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** The text with everything escaped that means something in content or in attributes. */
export function xmlText(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
