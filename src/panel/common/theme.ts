/**
 * The theme's colours for canvases. They are read once, and again when the theme changes.
 */
import { colours as taskColours } from "../../core/timeline/look";
import { colour } from "../text/format";

/** The colours that a drawing needs. */
export interface Colours {
  /** Indexed by the task's colour number, from 0. */
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
  /** Covers what is outside the window. */
  readonly veil: string;
  readonly font: string;
}

let colours: Colours | undefined;

/** The colours of the current theme. */
export function themeColours(): Colours {
  colours ??= read();
  return colours;
}

/** Calls `changed` after every change of theme, until the returned function is called. */
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
