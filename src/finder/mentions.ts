// Whether a text mentions a name, for what is made of itself, as in `run = traced(run)`.

const WORD = /[\p{ID_Continue}$]/u;

/** Whether a name, or a path of names, stands in a text as words of its own. */
export function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!WORD.test(text[at - 1] ?? "") && !WORD.test(text[at + name.length] ?? "")) return true;
  }
  return false;
}
