/**
 * Messages about invalid fields of a setup.
 */
import type * as v from "valibot";
import { listed, nearest } from "../../core/nearest";
import { fieldsIn, remedies, type SetupFields, withUsersNames } from "./schema";

/** How many characters of an invalid value a message quotes. */
const longestValue = 60;

interface FieldProblem {
  readonly message: string;
  readonly remedy: string;
  /** The path to the field, starting at the setup. */
  readonly path: readonly (string | number)[];
  /** Whether the key is invalid rather than its value. */
  readonly isKey: boolean;
}

/** Describes a validation issue. */
export function problemOf(issue: v.InferIssue<typeof SetupFields>): FieldProblem {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  const names = path.filter((key) => typeof key === "string");
  const name = names.at(-1) ?? "";
  const field = isNamedByUsers(names) ? (names.at(-2) ?? "") : name;
  const remedy = remedies[field] ?? `Write { "file": "tasks.ts", "tasks": ["counter()"] }.`;
  if (issue.expected === "never") {
    const known = fieldsIn[names.slice(0, -1).join(".")] ?? [];
    const meant = nearest(name, known);
    const fields = meant === undefined ? `The fields are ${listed(known)}.` : `Did you mean "${meant}"?`;
    return { message: `There is no field "${name}".`, remedy: fields, path, isKey: true };
  }
  if (issue.input === undefined) return { message: `The field "${name}" is missing.`, remedy, path, isKey: false };
  const value = cut(JSON.stringify(issue.input));
  const last = path.at(-1);
  if (last === undefined) return { message: `It cannot be ${value}.`, remedy, path, isKey: false };
  return { message: `"${name}" cannot ${typeof last === "number" ? "contain" : "be"} ${value}.`, remedy, path, isKey: false };
}

/** Whether the last name is one that users give, such as that of a variable. */
function isNamedByUsers(names: readonly string[]): boolean {
  return withUsersNames.includes(names.slice(0, -1).join("."));
}

function cut(text: string): string {
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}
