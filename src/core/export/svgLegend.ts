/**
 * The legend of an exported picture. It explains only the marks that occur in it.
 */
import { shapes } from "./svgBrush";

const items = [
  { used: "returned", sign: `<path class="returned" d="${shapes.returned(2, 0, 11)}"/>`, text: "returned" },
  { used: "threw", sign: `<path class="threw" d="${shapes.threw(0, 0, 11)}"/>`, text: "threw" },
  { used: "closed", sign: `<path class="closed" d="${shapes.closed(0, 0, 11)}"/>`, text: "closed" },
  { used: "printed", sign: `<path class="printed" d="M0 2h9v2h-9z"/>`, text: "printed" },
  { used: "long", sign: `<path class="long" d="M0 -4h9v3h-9z"/>`, text: "long slice" },
] as const;

/** The distance between two entries, in pixels. */
const pitch = 84;

/**
 * The legend as one line.
 *
 * @param used the inks and marks that the picture uses
 */
export function legend(used: ReadonlySet<string>): string {
  return items
    .filter((item) => used.has(item.used))
    .map(({ sign, text }, index) => {
      return `<g transform="translate(${index * pitch} 0)">${sign}<text class="number" x="14" y="4">${text}</text></g>`;
    })
    .join("");
}
