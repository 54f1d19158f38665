/**
 * Explains errors about calls of names that cannot be reached from outside: where the generator function with that name is, and what to do.
 */
import { readFile } from "node:fs/promises";
import { sourceText } from "../core/sourceText";
import { languageOf, unreachableGenerators } from "../finder";
import { partsOfCall } from "../session/common/calls";
import { CallError, CallFailedError, UserError } from "../session/common/errors";

/** How each language reports an unknown name. */
const unknownName = /(?:^|: )(?:NameError: name '(\w+)' is not defined|ReferenceError: ([\w$]+) is not defined)/;

/** Returns the same error, or one that states where the function is that cannot be called. */
export async function explained(error: unknown, main: string): Promise<unknown> {
  const isCall = error instanceof CallError || error instanceof CallFailedError;
  const { file } = partsOfCall(isCall ? error.call : "", main);
  const language = languageOf(file);
  if (!isCall || !language) return error;
  const [, inPython, inJavaScript] = unknownName.exec(error.message) ?? [];
  const name = inPython ?? inJavaScript;
  const text =
    name === undefined
      ? ""
      : await readFile(file).then(
          (bytes) => sourceText(file, bytes),
          () => "",
        );
  const hidden = unreachableGenerators(text, language).find((each) => each.name === name);
  if (!hidden) return error;
  const { line, where, remedy } = hidden;
  return new UserError(error.message, `${name} is on line ${line}, ${where}. ${remedy}`, { cause: error });
}
