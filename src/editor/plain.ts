/**
 * Text of the user where VS Code reads markup: `$(icon)` in lists, lenses and the status bar, `[text](command:id)` in messages and prompts.
 */

/** What VS Code takes for an icon or the target of a link, up to its bracket. */
const markup = /\$(?=\([a-z0-9-]+(?:~[a-z]+)?\))|\](?=\((?:https?:\/\/|command:|file:))/gi;

/** The same text with an invisible character in what would be an icon or a link, so that it is shown as it is. */
export function plain(text: string): string {
  return text.replace(markup, "$&\u2060");
}
