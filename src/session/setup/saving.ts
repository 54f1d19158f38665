/**
 * Writes a session as a setup. The comments and the layout of the file are preserved.
 */

import { relative, sep } from "node:path";
import type { Conditions } from "../../core/conditions";
import type { Until } from "../../core/until";
import type { VirtualTime } from "../../core/virtualTime";
import { partsOfCall } from "../common/calls";
import type { Silenced } from "../loop/silenced";
import { usualPolicy, withoutSeed } from "../order/policies";
import type { Breakpoints } from "../run/breakpoints";
import type { Decided } from "../run/decided";
import type { Observed } from "../seen/runRecord";
import type { Watches } from "../seen/watches";
import { valueAt, withoutProperty, withProperty, withValue } from "./jsonText";
import type { SetupFields } from "./schema";

/** The parts of a session that a setup can describe. */
export interface Saveable {
  readonly options: { readonly file: string; readonly observed?: Observed | undefined };
  readonly calls: readonly string[];
  readonly until: Until;
  readonly watches: Pick<Watches, "list">;
  readonly breakpoints: Pick<Breakpoints, "saved">;
  readonly decided: Pick<Decided, "all">;
  readonly silenced: Pick<Silenced, "own">;
  readonly exploration: { readonly asked: { readonly check: string; readonly invariant: string } };
  readonly run: { readonly scheduler: { readonly policyText: string } } & Conditions;
}

/**
 * The fields for a session. They include the seed in use, but not the breakpoints in the editor's margin, which the editor remembers.
 *
 * @param folder the absolute path of the folder that paths are relative to
 */
export function fieldsOf(session: Saveable, folder: string): SetupFields {
  const { scheduler, virtualTime, threads, processes } = session.run;
  const { check, invariant } = session.exploration.asked;
  const { policy, seed } = withoutSeed(scheduler.policyText);
  const file = pathFrom(folder, session.options.file);
  const { observed } = session.options;
  const breakpoints = session.breakpoints.saved().map(({ enabled, fromEditor: _, file: other, ...rest }) => ({
    ...rest,
    ...(other === undefined || pathFrom(folder, other) === file ? {} : { file: pathFrom(folder, other) }),
    ...(enabled ? {} : { enabled }),
  }));
  return {
    file,
    ...(observed ? { program: programOf({ ...observed, functions: session.decided.all }, folder) } : tasksOf(session, folder)),
    ...(processes ? { way: "processes" } : threads ? { way: "threads" } : {}),
    ...(threads === "lines" ? { switchPoints: threads } : {}),
    ...(policy === usualPolicy || observed ? {} : { policy }),
    ...(seed === undefined || observed ? {} : { seed }),
    ...(virtualTime ? { virtualTime: virtualTime.seed === 0 ? virtualTime.virtual : fieldsOfTime(virtualTime) } : {}),
    ...(observed ? {} : { until: session.until }),
    ...(session.watches.list.length > 0 ? { watches: [...session.watches.list] } : {}),
    ...(check === "" || observed ? {} : { check }),
    ...(invariant === "" || observed ? {} : { invariant }),
    ...(breakpoints.length > 0 ? { breakpoints: breakpoints as NonNullable<SetupFields["breakpoints"]> } : {}),
    ...(session.silenced.own.length > 0 ? { silencedWarnings: [...session.silenced.own] } : {}),
  };
}

function tasksOf({ calls, options }: Saveable, folder: string): Pick<SetupFields, "tasks"> {
  const tasks = calls.map((text) => {
    const { file: own, expression } = partsOfCall(text, options.file);
    return own === options.file ? expression : { file: pathFrom(folder, own), call: expression };
  });
  return { tasks };
}

/** The arguments are always written: they are what is likely to be changed. */
function programOf(
  { arguments: given, module, environment, input, functions = {} }: Observed,
  folder: string,
): SetupFields["program"] {
  return {
    arguments: [...given],
    ...(module === undefined ? {} : { module }),
    ...(environment ? { environment: { ...environment } } : {}),
    ...(input === undefined ? {} : { input: pathFrom(folder, input) }),
    ...(Object.keys(functions).length > 0 ? { functions: { ...functions } } : {}),
  };
}

function fieldsOfTime({ virtual, seed }: VirtualTime): SetupFields["virtualTime"] {
  return { step: virtual, seed };
}

/**
 * The text of a file with a setup added, or replacing the setup of the same name. Unchanged fields of the latter stay as written.
 *
 * @param text the current text of the file, without errors; undefined or empty if there is none
 */
export function withSetup(text: string | undefined, name: string, fields: SetupFields): string {
  const before = text?.trim() ? text : "{\n}\n";
  const known = valueAt(before, ["setups", name]);
  if (known === undefined) {
    const withAny = valueAt(before, ["setups"]) === undefined ? withProperty(before, [], "setups", {}) : before;
    return withProperty(withAny, ["setups"], name, fields);
  }
  if (!isObject(known)) return withProperty(withoutProperty(before, ["setups", name]), ["setups"], name, fields);
  const wanted: Readonly<Record<string, unknown>> = { ...fields };
  return [...new Set([...Object.keys(known), ...Object.keys(wanted)])].reduce((now, key) => {
    const path = ["setups", name, key];
    if (JSON.stringify(known[key]) === JSON.stringify(wanted[key])) return now;
    if (wanted[key] === undefined) return withoutProperty(now, path);
    return known[key] === undefined ? withProperty(now, ["setups", name], key, wanted[key]) : withValue(now, path, wanted[key]);
  }, before);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A relative path with slashes, so that the file is the same on every system. */
function pathFrom(folder: string, file: string): string {
  return relative(folder, file).split(sep).join("/");
}
