/**
 * The colours of a picture that leaves the editor, for light and for dark surroundings. Those of the tasks are the ones that
 * the extension contributes.
 */

/** One kind of surroundings. */
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
    "#0068b8",
    "#b5620b",
    "#8e3a9d",
    "#2a7d2e",
    "#c72e0f",
    "#7a6400",
    "#00756b",
    "#4b4fc4",
    "#b8266f",
    "#4d6b1e",
    "#7a5230",
    "#5a6570",
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
    "#4fc1ff",
    "#ffb86c",
    "#c586c0",
    "#89d185",
    "#f48771",
    "#dcdcaa",
    "#4ec9b0",
    "#9da5ff",
    "#ff8fc7",
    "#b5cea8",
    "#d7ba7d",
    "#a8b3bd",
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
