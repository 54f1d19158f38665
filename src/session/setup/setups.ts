/**
 * Setups: named sessions in `.vscode/yieldpoint.json`. Reading never throws: it returns the valid setups, and errors for the others.
 */
import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { findNodeAtLocation, getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import * as v from "valibot";
import type { Until } from "../../core/until";
import { usualVirtualTime, type VirtualTime } from "../../core/virtualTime";
import type { SwitchPoints } from "../../core/ways";
import { callIn } from "../common/calls";
import { UserCodeError } from "../common/errors";
import type { Silenced } from "../loop/silenced";
import { seededPolicy } from "../order/policies";
import type { Breakpoints } from "../run/breakpoints";
import type { Observed } from "../seen/runRecord";
import type { Watches } from "../seen/watches";
import { problemOf } from "./issues";
import { fileFields, remedies, SetupFields } from "./schema";
import { wrongFields } from "./wrongFields";

/** The path of the file with setups, relative to its folder. */
export const setupsPath = join(".vscode", "yieldpoint.json");

/** A place in the file with setups; line and column count from 1. */
export interface SetupPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** An error in the file with setups: what is wrong, where, and what to write instead. */
export class SetupError extends UserCodeError {
  override readonly name = "SetupError";

  constructor(message: string, remedy: string, place: SetupPlace) {
    super({ code: "setup", message, remedy, ...place });
  }
}

/** A named session. */
export interface Setup {
  readonly name: string;
  /** The absolute path of the folder that relative paths start from. */
  readonly folder: string;
  /** The absolute path of the file with the tasks. */
  readonly file: string;
  readonly calls: readonly string[];
  /** If it is a program that decides itself who runs: what it is given. Then there are no calls. */
  readonly observed: Observed | undefined;
  /** If the tasks run as threads: where they may give way. */
  readonly threads: SwitchPoints | undefined;
  /** Whether each task has a process of its own. */
  readonly processes: boolean;
  /** With its parameters, without the seed. */
  readonly policy: string | undefined;
  readonly seed: number | undefined;
  /** Undefined for real time. */
  readonly virtualTime: VirtualTime | undefined;
  readonly until: Until | undefined;
  readonly watches: readonly string[];
  /** What is asked of every order when exploring; undefined for nothing. */
  readonly check: string | undefined;
  readonly invariant: string | undefined;
  readonly breakpoints: ReturnType<Breakpoints["saved"]>;
  /** Kinds of warnings, or kinds with the name of a task: `hog:counter`. */
  readonly silencedWarnings: readonly string[];
  /** The place of each call in the file with setups. */
  readonly callPlaces: readonly SetupPlace[];
  /** The place of the field `file`. */
  readonly filePlace: SetupPlace;
}

/** A named entry of the file, with its setup or the error in it. */
export interface SetupEntry {
  readonly name: string;
  readonly place: SetupPlace;
  readonly setup: Setup | SetupError;
}

export interface SetupsInFile {
  readonly entries: readonly SetupEntry[];
  /** An error of the file as a whole. */
  readonly problem?: SetupError;
}

/** The policy of a setup with its seed; undefined for the default policy. */
export function policyOf({ policy, seed }: Pick<Setup, "policy" | "seed">): string | undefined {
  return policy === undefined || seed === undefined ? policy : seededPolicy(policy, seed);
}

/** @throws SetupError if the file of a setup, or that of its program's input, does not exist */
export function mustHaveFile({ name, file, observed, filePlace }: Setup): void {
  if (!existsSync(file)) throw new SetupError(`Setup "${name}": there is no file ${file}.`, remedies.file ?? "", filePlace);
  const { input } = observed ?? {};
  if (input === undefined || statSync(input, { throwIfNoEntry: false })?.isFile()) return;
  throw new SetupError(`Setup "${name}": there is no file ${input}.`, remedies.input ?? "", filePlace);
}

/** The parts of a session that `applyRules` sets. */
export interface Ruled {
  readonly watches: Pick<Watches, "add">;
  readonly breakpoints: Pick<Breakpoints, "restore">;
  readonly silenced: Pick<Silenced, "restore">;
  readonly exploration: { restore(asked: { readonly check: string; readonly invariant: string }): void };
}

/** Puts the watches, the breakpoints, the silenced warnings, the check and the invariant of a setup into a session. */
export function applyRules(session: Ruled, { watches, breakpoints, silencedWarnings, check = "", invariant = "" }: Setup): void {
  session.silenced.restore(silencedWarnings);
  for (const expression of watches) session.watches.add(expression);
  session.breakpoints.restore(breakpoints);
  session.exploration.restore({ check, invariant });
}

/**
 * Reads the setups of a file.
 *
 * @param folder the absolute path of the folder that relative paths start from
 * @param text the text of the file, in which comments and trailing commas are allowed
 */
export function readSetups(folder: string, text: string): SetupsInFile {
  return new Reader(folder, text).read();
}

class Reader {
  readonly #path: string;

  constructor(
    readonly folder: string,
    readonly text: string,
  ) {
    this.#path = join(folder, setupsPath);
  }

  read(): SetupsInFile {
    const errors: ParseError[] = [];
    const root = parseTree(this.text, errors, { allowTrailingComma: true, allowEmptyContent: true });
    const [error] = errors;
    if (error) return this.#refused(`The file is not valid JSON: ${wordsOf(error)}.`, "Correct it at this place.", error.offset);
    if (!root) return { entries: [] };
    if (root.type !== "object") return this.#refused("The file is not an object.", `Write { "setups": {} }.`, root.offset);
    const foreign = propertiesOf(root).find(({ key }) => !fileFields.some((known) => known === key));
    if (foreign)
      return this.#refused(`There is no field "${foreign.key}".`, `The fields are ${fileFields.join(", ")}.`, foreign.at);
    const setups = findNodeAtLocation(root, ["setups"]);
    if (!setups) return { entries: [] };
    if (setups.type !== "object") return this.#refused('"setups" is not an object.', remedies.setups ?? "", setups.offset);
    const properties = propertiesOf(setups);
    return {
      entries: properties.map(({ key: name, at, value }, index) => {
        const isAgain = properties.findIndex(({ key }) => key === name) < index;
        const place = this.#placeAt(at);
        const again = new SetupError(`There are two setups with the name "${name}".`, "Rename one of them.", place);
        return { name, place, setup: isAgain ? again : this.#setup(name, value) };
      }),
    };
  }

  #setup(name: string, node: Node): Setup | SetupError {
    const read = v.safeParse(SetupFields, getNodeValue(node));
    if (!read.success) {
      const { message, remedy, path, isKey } = problemOf(read.issues[0]);
      return new SetupError(`Setup "${name}": ${message}`, remedy, this.#place(node, path, isKey));
    }
    const { file, tasks = [], program, policy, seed, virtualTime, until, watches = [], check, invariant } = read.output;
    const { breakpoints = [], silencedWarnings = [], way, switchPoints = "accesses" } = read.output;
    const wrong = wrongFields(read.output);
    if (wrong) return new SetupError(`Setup "${name}": ${wrong.message}`, wrong.remedy, this.#place(node, [wrong.field]));
    const main = resolve(this.folder, file);
    return {
      name,
      folder: this.folder,
      file: main,
      observed: program && {
        ...program,
        arguments: program.arguments ?? [],
        ...(program.input === undefined ? {} : { input: resolve(this.folder, program.input) }),
      },
      calls: tasks.map((task) => (typeof task === "string" ? task : callIn(resolve(this.folder, task.file), task.call, main))),
      threads: way === "threads" ? switchPoints : undefined,
      processes: way === "processes",
      policy,
      seed,
      virtualTime: virtualTimeOf(virtualTime),
      until,
      watches,
      check,
      invariant,
      breakpoints: breakpoints.map((each) => ({
        ...each,
        enabled: each.enabled ?? true,
        ...(each.kind === "line" ? { file: resolve(this.folder, each.file ?? file) } : {}),
      })),
      silencedWarnings,
      callPlaces: tasks.map((_, index) => this.#place(node, ["tasks", index])),
      filePlace: this.#place(node, ["file"]),
    };
  }

  /** The place of a value or of its key. A missing value has the place of the closest object or array around it. */
  #place(root: Node, path: readonly (string | number)[], isKey = false): SetupPlace {
    for (let length = path.length; length > 0; length -= 1) {
      const node = findNodeAtLocation(root, path.slice(0, length));
      if (node) return this.#placeAt((isKey ? node.parent?.children?.[0] : node)?.offset ?? node.offset);
    }
    return this.#placeAt(root.offset);
  }

  #placeAt(offset: number): SetupPlace {
    const before = this.text.slice(0, offset).split(/\r\n|\r|\n/);
    return { file: this.#path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }

  #refused(message: string, remedy: string, offset: number): SetupsInFile {
    return { entries: [], problem: new SetupError(message, remedy, this.#placeAt(offset)) };
  }
}

function propertiesOf(node: Node): { key: string; at: number; value: Node }[] {
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key && value ? [{ key: String(key.value), at: key.offset, value }] : [],
  );
}

/** A parse error in words, such as "comma expected". */
function wordsOf({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}

function virtualTimeOf(given: SetupFields["virtualTime"]): VirtualTime | undefined {
  if (given === undefined) return undefined;
  const { virtual, seed } = usualVirtualTime;
  return typeof given === "number" ? { virtual: given, seed } : { virtual: given.step ?? virtual, seed: given.seed ?? seed };
}
