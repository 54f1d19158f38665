/**
 * The theme's colours for the canvas, read once and again when the theme changes.
 */
import { colour } from "./format";
import type { Colours } from "./lanes";

let colours: Colours | undefined;

/** The colours of the theme that is on. */
export function themeColours(): Colours {
  colours ??= read();
  return colours;
}

/** Calls back after every change of theme; the returned function ends that. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(() => {
    colours = undefined;
    changed();
  });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style", "class"] });
  return () => observer.disconnect();
}

function read(): Colours {
  const style = getComputedStyle(document.querySelector(".app") ?? document.body);
  const variable = (name: string) => style.getPropertyValue(name).trim();
  const tasks = Array.from({ length: 12 }, (_, id) => variable(`--${colour(id)}`));
  return {
    task: (id) => tasks[id % 12] ?? "gray",
    line: variable("--lane"),
    dim: variable("--dim"),
    cursor: variable("--focus"),
    returned: variable("--ok"),
    threw: variable("--error"),
    font: `11px ${style.fontFamily}`,
  };
}
