/**
 * What the box for calls lists below a text: what Enter does with it or why it cannot, calls of before, the function, names to complete.
 */
import { formatCall, parseCall } from "../../core/callText";
import {
  type Description,
  type GeneratorFunction,
  type Language,
  type ModuleScope,
  namesUsed,
  type ScopeName,
  typedCalls,
} from "../../finder";

/** What is known about the calls that are asked for. */
export interface CallContext {
  readonly language: Language;
  readonly scope: ModuleScope;
  /** The function that is to be called; absent if any may be. */
  readonly generator?: GeneratorFunction;
  readonly description?: Description;
  /** Calls of before, the latest first. */
  readonly history: readonly string[];
  /** The text before anything is typed. */
  readonly initial: string;
  /** Whether there can be one call only. */
  readonly isSingle?: boolean;
}

/** A row of the list. */
export type CallRow =
  /** What was typed, or was typed before. */
  | { readonly does: "accept"; readonly text: string; readonly calls: readonly string[]; readonly isBefore: boolean }
  | { readonly does: "nothing"; readonly text: string; readonly why: string; readonly isWrong: boolean }
  /** Replaces the text, and goes on at the cursor. */
  | { readonly does: "replace"; readonly text: string; readonly cursor: number; readonly name: ScopeName }
  | { readonly does: "describe"; readonly text: string; readonly description: Description };

/** Python's names that are often those of parameters, too; JavaScript's are known to the editor. */
const pythonGlobals = new Set(
  "bytes dict filter float format hash id input int iter len list map max min next object open range set str sum tuple type zip".split(
    " ",
  ),
);

/** The maximum number of names that are offered. */
const mostNames = 50;

/**
 * The calls in a text.
 *
 * @returns why they cannot be run as they stand, in a sentence, if they cannot
 */
export function readCalls(typed: string, about: CallContext): { readonly calls: readonly string[]; readonly problem?: string } {
  const { language, generator, isSingle } = about;
  const { file, expression } = parseCall(typed);
  const { calls, problem } = typedCalls(expression, language);
  if (problem !== undefined) return { calls, problem };
  if (calls.length === 0) return { calls, problem: `Type a call, such as ${generator?.call ?? "counter()"}.` };
  if (isSingle && calls.length > 1) return { calls, problem: "Only one call can be given here." };
  const unnamed = generator && missingValue(expression, about, generator);
  if (unnamed !== undefined) return { calls, problem: unnamed };
  return { calls: file === undefined ? calls : calls.map((call) => formatCall({ file, expression: call })) };
}

/** The name of a parameter that stands where a value has yet to be typed. */
function missingValue(typed: string, { language, scope }: CallContext, generator: GeneratorFunction): string | undefined {
  if (scope.isOpen) return undefined;
  const { name, parameters, call } = generator;
  const isKnown = (used: string) =>
    scope.names.some((one) => one.name === used) || (language === "python" ? pythonGlobals.has(used) : used in globalThis);
  for (const [used, at] of namesUsed(typed, language)) {
    const isParameter = parameters.includes(used) || mentionsWord(call, used);
    if (used !== name && isParameter && !isKnown(used)) {
      return `${used} at column ${at + 1} is the name of a parameter, and of nothing in the file. Put a value in its place.`;
    }
  }
  return undefined;
}

/** Whether the proposed call uses a name, as the argument of a constructor does. */
function mentionsWord(call: string, word: string): boolean {
  return call.split(/[^\p{ID_Continue}$]+/u).includes(word);
}

/** The range inside of the outermost parentheses, which the user most likely wants to replace. */
export function argumentsOf(call: string): [from: number, to: number] {
  const open = call.endsWith(")") ? call.indexOf("(") : -1;
  return open < 0 ? [0, call.length] : [open + 1, call.length - 1];
}

/** The rows for a text. The first is what Enter means: the last call while the text is as it was proposed, otherwise the text itself. */
export function callRows(typed: string, about: CallContext): CallRow[] {
  const { history, description, initial } = about;
  const { calls, problem } = readCalls(typed, about);
  const isUntouched = typed === initial || typed.trim() === "";
  const own: CallRow =
    problem === undefined
      ? { does: "accept", text: calls.join("; "), calls, isBefore: false }
      : { does: "nothing", text: typed, why: problem, isWrong: !isUntouched };
  const before = history.flatMap((text): CallRow[] => {
    const read = readCalls(text, about);
    const isOffered = isUntouched || text.startsWith(typed.trim());
    return isOffered && text !== typed && read.problem === undefined
      ? [{ does: "accept", text, calls: read.calls, isBefore: true }]
      : [];
  });
  const described: CallRow[] = description ? [{ does: "describe", text: description.signature, description }] : [];
  const accepted = typed === initial ? [...before, own] : [own, ...before];
  return [...accepted, ...described, ...completions(typed, about)];
}

/**
 * The names that can take the place of the word that a text ends with, but for closing brackets: where in the text the user types is not
 * known. In a text that nobody has touched, they take the place of the arguments.
 */
function completions(typed: string, { scope, initial }: CallContext): CallRow[] {
  const [from, to] = typed === initial ? argumentsOf(typed) : wordAtEnd(typed);
  const word = typed === initial ? "" : typed.slice(from, to);
  const before = typed.slice(0, from);
  if (/[.\p{ID_Continue}'"`]$/u.test(before)) return [];
  return scope.names
    .filter(({ name }) => name !== word && name.toLowerCase().startsWith(word.toLowerCase()))
    .slice(0, mostNames)
    .map((name) => {
      const written = before + name.name + (name.kind === "function" ? "()" : "");
      const cursor = written.length - (name.kind === "function" ? 1 : 0);
      return { does: "replace", text: written + typed.slice(to), cursor, name };
    });
}

function wordAtEnd(typed: string): [from: number, to: number] {
  const [tail = ""] = /[\s)\]}]*$/.exec(typed) ?? [];
  const to = typed.length - tail.length;
  const [word = ""] = /[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.exec(typed.slice(0, to)) ?? [];
  return [to - word.length, to];
}
