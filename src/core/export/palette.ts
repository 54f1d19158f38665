/**
 * The colours of an exported picture, for light and for dark backgrounds. The task colours are the ones that the extension
 * contributes.
 */

/** The colours for a light or a dark background. */
export interface Palette {
  readonly tasks: readonly string[];
  readonly background: string;
  readonly text: string;
  readonly dim: string;
  readonly line: string;
  readonly returned: string;
  readonly threw: string;
  readonly printed: string;
  readonly long: string;
}

export const light: Palette = {
  tasks: [
    "#0376e0",
    "#b9580f",
    "#7b45a4",
    "#2f7662",
    "#a42b06",
    "#572602",
    "#563a74",
    "#3f01e2",
    "#e60175",
    "#7b6fa2",
    "#7e2940",
    "#3b0ba1",
  ],
  background: "#ffffff",
  text: "#1f2328",
  dim: "#59636e",
  line: "#d8dde2",
  returned: "#116329",
  threw: "#a40e26",
  printed: "#1f2328",
  long: "#9a6700",
};

export const dark: Palette = {
  tasks: [
    "#5bd1fe",
    "#f6c99a",
    "#b46bbd",
    "#99d418",
    "#e6718b",
    "#fa98bc",
    "#3d9748",
    "#73a5fd",
    "#e6e5eb",
    "#96fe1d",
    "#88b017",
    "#946cf9",
  ],
  background: "#16191d",
  text: "#e6edf3",
  dim: "#9aa4ae",
  line: "#343a42",
  returned: "#7ee787",
  threw: "#ff7b72",
  printed: "#e6edf3",
  long: "#e3b341",
};
