/**
 * Escapes the user's text as text of an XML document: it never becomes markup, and characters that a document may not contain
 * are replaced.
 */
import { printable } from "../printable";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** The text with everything escaped that means something in content or in attributes. */
export function xmlText(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
