/**
 * The theme's colours for canvases, read once, and again when the theme changes.
 */
import { colours as taskColours } from "../../core/timeline/look";
import { colour } from "../text/format";

/** What a drawing needs to know of the theme. */
export interface Colours {
  /** By the number of the colour, from 0. */
  readonly tasks: readonly string[];
  readonly background: string;
  readonly line: string;
  readonly dim: string;
  readonly text: string;
  readonly cursor: string;
  readonly returned: string;
  readonly threw: string;
  readonly long: string;
  readonly printed: string;
  /** Over what is not in the window. */
  readonly veil: string;
  readonly font: string;
}

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
  return {
    tasks: Array.from({ length: taskColours }, (_, id) => variable(`--${colour(id)}`) || "gray"),
    background: variable("--bg"),
    line: variable("--rule"),
    dim: variable("--dim"),
    text: variable("--fg"),
    cursor: variable("--focus"),
    returned: variable("--ok"),
    threw: variable("--error"),
    long: variable("--warning"),
    printed: variable("--printed"),
    veil: variable("--veil"),
    font: `11px ${style.fontFamily}`,
  };
}
