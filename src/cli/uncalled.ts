/**
 * Errors about calls of names that cannot be reached from outside: where the generator function of that name is, and what to
 * do.
 */
import { readFile } from "node:fs/promises";
import { sourceText } from "../core/sourceText";
import { languageOf, unreachableGenerators } from "../finder";
import { CallError, CallFailedError, UserError } from "../session/common/errors";

/** How both languages say that there is no such name. */
const unknownName = /(?:^|: )(?:NameError: name '(\w+)' is not defined|ReferenceError: ([\w$]+) is not defined)/;

/** The same error, or one that tells where the function is which cannot be called. */
export async function explained(error: unknown, file: string): Promise<unknown> {
  const language = languageOf(file);
  if (!(error instanceof CallError || error instanceof CallFailedError) || !language) return error;
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
  return new UserError(error.message, `${name} is in line ${line}, ${where}. ${remedy}`, { cause: error });
}
