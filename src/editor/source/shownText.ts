/**
 * Values as text after a line of the source.
 */

const invisible = /[\p{Cc}\p{Bidi_Control}\ufeff]/gu;

/** The value in one line, with control and direction characters escaped, and cut after so many characters. */
export function shownText(value: string, most: number): string {
  const oneLine = value.replace(/\s+/g, " ").replace(invisible, escaped);
  return oneLine.length > most ? `${oneLine.slice(0, most)}…` : oneLine;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
