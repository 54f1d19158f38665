/**
 * Adapts remedies to the command line: they name settings of the editor, which have equivalent options.
 */
const options: readonly (readonly [setting: string, option: string])[] = [
  [' in the setting "yieldpoint.pythonPath" or in the Python extension', " with --python"],
  [' in the setting "yieldpoint.nodePath"', " with --node"],
  ["another interpreter in the settings", "another interpreter with --node or --python"],
];

/** A remedy in words for the command line. */
export function onCommandLine(remedy: string): string {
  return options.reduce((text, [setting, option]) => text.replace(setting, option), remedy);
}
