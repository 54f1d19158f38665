/**
 * Policies as text for the toolbar, the form and the comparison, and a policy's text as form fields.
 */

import { isParameter } from "../../core/policies/choice";
import type { Parameter, PolicyDefinition } from "../../core/policies/definition";
import { parsePolicy } from "../../core/policies/parse";
import { policies } from "../../core/policies/registry";
import type { PolicyState } from "../../protocol/schedule";
import { baseName, type Shown, taskName } from "../text/format";
import { oneLine } from "../text/text";

/** The default policy, when a view names none. */
export const usualPolicy: PolicyState = { text: "round-robin", name: "round-robin" };

/** At most this many tasks get their own field. */
const mostTasks = 32;

/** A numeric parameter of a policy. */
export interface NumberField {
  /** The part before the equals sign. */
  readonly key: string;
  readonly label: string;
  readonly about: string;
  readonly least: number;
  readonly most: number;
  /** The default that applies while the field is empty, as text. */
  readonly usual: string;
}

/** For example `lottery, seed 7`; for a file, its name. */
export function policyLabel(text: string): string {
  const choice = choiceOf(text);
  if (!choice) return oneLine(baseName(text));
  return [choice.definition.name, ...[...choice.given].map(([key, value]) => `${oneLine(key)} ${value}`)].join(", ");
}

/** The rule in one line; undefined for a file. */
export function ruleOf(text: string): string | undefined {
  return choiceOf(text)?.definition.about;
}

/** The policy with this name. */
export function definitionOf(name: string): PolicyDefinition | undefined {
  return policies.find((policy) => policy.name === name);
}

/** The parameters given in a text, by key; empty for a file. */
export function givenIn(text: string): ReadonlyMap<string, number> {
  return choiceOf(text)?.given ?? new Map();
}

/** The fields of a policy: its own parameters, then one per task if it has parameters for tasks. */
export function fieldsOf(definition: PolicyDefinition, view: Shown): NumberField[] {
  const { parameters, perTask } = definition;
  const own = parameters.map((parameter) => ({ ...parameter, label: parameter.key, usual: usualOf(parameter) }));
  if (!perTask) return own;
  const { what, least, most, usual } = perTask;
  const tasks = [...view.names].slice(0, mostTasks).map(([id, name]) => {
    const label = taskName(view, id);
    return { key: keyOf(id, name, definition), label, about: `${what} of ${label}`, least, most, usual: String(usual) };
  });
  return [...own, ...tasks];
}

/** The initial text of a field. */
export function firstText({ key }: NumberField, given: ReadonlyMap<string, number>): string {
  const value = given.get(key) ?? given.get(key.replace(/ #\d+$/, ""));
  return value === undefined ? "" : String(value);
}

/** What is wrong with the typed text; undefined if it is valid. */
export function problemOf({ least, most }: NumberField, typed: string): string | undefined {
  const text = typed.trim();
  if (text === "") return undefined;
  const number = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? undefined : `Type a whole number from ${least} to ${most}.`;
}

/** The text of a policy with the typed parameters; empty fields are left out. */
export function policyText(name: string, typed: ReadonlyMap<string, string>): string {
  const parts = [...typed].flatMap(([key, value]) => (value.trim() === "" ? [] : [`${key}=${value.trim()}`]));
  return parts.length === 0 ? name : `${name}:${parts.join(",")}`;
}

function choiceOf(text: string): ReturnType<typeof parsePolicy> | undefined {
  try {
    return parsePolicy(text);
  } catch {
    return undefined;
  }
}

function usualOf({ key, usual }: Parameter): string {
  if (key === "seed") return "drawn";
  if (key === "quantum") return "1";
  return usual === undefined ? "off" : String(usual);
}

/** The task's name, or its number if the text of a policy cannot contain the name or the policy has a parameter of that name. */
function keyOf(id: number, name: string, definition: PolicyDefinition): string {
  const isTaken = isParameter(name.replace(/ #\d+$/, ""), definition);
  return isTaken || /[,=]|^\s*\d*\s*$/.test(name) || name !== name.trim() ? String(id) : name;
}
