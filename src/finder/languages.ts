// The languages that the finder supports, with the grammar of each.

import type { Grammar } from "./generators";
import { javascriptGrammar } from "./javascript/grammar";
import { pythonGrammar } from "./python/grammar";

export type Language = "javascript" | "jsx" | "typescript" | "tsx" | "python";

const grammars: Record<Language, Grammar> = {
  javascript: javascriptGrammar("jsx"),
  jsx: javascriptGrammar("jsx"),
  typescript: javascriptGrammar("ts"),
  tsx: javascriptGrammar("ts jsx"),
  python: pythonGrammar,
};

const extensions = new Map<string, Language>([
  [".js", "javascript"],
  [".mjs", "javascript"],
  [".cjs", "javascript"],
  [".jsx", "jsx"],
  [".ts", "typescript"],
  [".mts", "typescript"],
  [".cts", "typescript"],
  [".tsx", "tsx"],
  [".py", "python"],
]);

/** The language of a file, by its name; undefined for other files, and for declaration files, which contain no code. */
export function languageOf(path: string): Language | undefined {
  const name = path.toLowerCase();
  if (/\.d\.[mc]?ts$/.test(name)) return undefined;
  return extensions.get(/\.\w+$/.exec(name)?.[0] ?? "");
}

/** The parser of a language and the walk over its trees. */
export function grammarOf(language: Language): Grammar {
  return grammars[language];
}
