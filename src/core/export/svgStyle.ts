/**
 * The style of an exported picture. It has its own background, which follows the reader's preference for light or dark. Class
 * names are scoped to the picture, because it may be embedded in a page.
 */
import { dark, light, type Palette } from "./palette";

const root = ".yieldpoint-timeline";

/** The `style` element and the patterns. */
export function svgStyle(): string {
  const always = [
    `${root} text{font:12px system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif}`,
    `${root} .heading{font-size:13px;font-weight:600}`,
    `${root} .number{font-size:11px;font-variant-numeric:tabular-nums}`,
    `${root} .threw{fill:none}`,
  ].join("\n");
  const style = `${always}\n${rules(light)}\n@media (prefers-color-scheme:dark){\n${rules(dark)}\n}`;
  return `<style>\n${style}\n</style>\n<defs>\n${patterns}\n</defs>`;
}

function rules(palette: Palette): string {
  const halo = `stroke:${palette.background};stroke-width:1.5;paint-order:stroke`;
  return [
    ...palette.tasks.map((colour, index) => `.task${index + 1}{fill:${colour}}`),
    `.paper{fill:${palette.background}}`,
    `.rest{fill:${palette.dim}}`,
    `.line{fill:${palette.line};stroke:${palette.line}}`,
    `text{fill:${palette.text}}`,
    `.number{fill:${palette.dim}}`,
    `.printed{fill:${palette.printed}}`,
    `.long{fill:${palette.long}}`,
    `.returned{fill:${palette.returned};${halo}}`,
    `.closed{fill:${palette.text};${halo}}`,
    `.threw{stroke:${palette.threw};stroke-width:2}`,
    `.hatch{stroke:${palette.background};stroke-width:1.6;fill:none}`,
  ]
    .map((rule) => `${root} ${rule}`)
    .join("\n");
}

const lines = {
  rising: "M-1 7L7 -1M-4 4L4 -4M2 10L10 2",
  falling: "M-1 -1L7 7M-4 2L4 10M2 -4L10 4",
  level: "M0 3H6",
};

const patterns = Object.entries(lines)
  .map(([name, path]) => {
    const size = `width="6" height="6" patternUnits="userSpaceOnUse"`;
    return `<pattern id="yieldpoint-${name}" ${size}><path class="hatch" d="${path}"/></pattern>`;
  })
  .join("\n");
