// Whether a text mentions a name. Needed for values that are computed from the same name, as in `run = traced(run)`.

const WORD = /[\p{ID_Continue}$]/u;

/** Whether a name, or a path of names, occurs in a text as separate words. */
export function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!WORD.test(text[at - 1] ?? "") && !WORD.test(text[at + name.length] ?? "")) return true;
  }
  return false;
}
