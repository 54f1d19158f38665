/**
 * Escapes the user's text for an XML document: it never becomes markup, and characters that XML does not allow are
 * replaced.
 */
import { printable } from "../printable";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Escapes a text for use as element content or as an attribute value. */
export function xmlText(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
