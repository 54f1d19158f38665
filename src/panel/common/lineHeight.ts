/**
 * The height of a line of text, which follows the fonts of the user: lists whose rows are counted have rows that are as much higher.
 */
import { onThemeChange } from "./theme";

/** With VS Code's usual fonts, in pixels. */
export const usualLine = 20;

let height: number | undefined;

/** In whole pixels. It is read once, and again when the fonts change. */
export function lineHeight(): number {
  if (height !== undefined) return height;
  height = Number.parseFloat(getComputedStyle(document.body).lineHeight);
  const stop = onThemeChange(() => {
    height = undefined;
    stop();
  });
  return height;
}
