/** The looks in which screenshots show the panel. */

/** The four kinds of theme, and the classes that VS Code gives the body for each. */
export const themes = {
  dark: "vscode-dark",
  light: "vscode-light",
  "high-contrast": "vscode-high-contrast",
  "high-contrast-light": "vscode-high-contrast-light vscode-high-contrast",
};

/** Each theme, and the narrow panel. @param width of the panel in pixels, unless it is narrow */
export function looks(width = 720): readonly (readonly [name: string, classes: string, width: number])[] {
  return [...Object.entries(themes).map(([name, classes]) => [name, classes, width] as const), ["narrow", themes.dark, 380]];
}
