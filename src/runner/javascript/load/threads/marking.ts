/** Which functions of a file can be switched within, and which run atomically. */
import { allNodes, hasRepeatedNames, isBoundToPlace, ownNodes } from "../awaits/asyncFunctions";
import type { Node, NodePath } from "../babel";
import { functionName } from "../functionName";

/** Code that a thread runs to its end once it has begun. */
export interface Atomic {
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly why: string;
}

/** Lists what runs atomically, while the file is looked through. */
export class AtomicCode {
  readonly all: Atomic[] = [];

  /** @param code the text of the source */
  constructor(
    readonly file: string,
    readonly code: string,
  ) {}

  /** Whether a function has a place in a generator of its own. One that has none is listed. */
  isSwitched(path: NodePath): boolean {
    const why = whyAtomic(path.node);
    const how = why ?? whyCalled(path);
    if (how !== undefined) this.#add(path, functionName(path, this.code), how);
    return why === undefined;
  }

  /** Lists a part of a class that is evaluated on its own. */
  add(path: NodePath, why: string): void {
    const owner = path.parentPath?.parentPath;
    this.#add(path, owner ? functionName(owner, this.code) : "", why);
  }

  #add({ node }: NodePath, name: string, why: string): void {
    if (node.loc) this.all.push({ file: this.file, line: node.loc.start.line, function: name, why });
  }
}

/** Why a function cannot be suspended; undefined if it can be. */
function whyAtomic(node: Node): string | undefined {
  if (node.async) return "async functions switch at await only";
  if (node.kind === "constructor") return "a constructor";
  if (node.kind === "get") return "a getter";
  if (node.kind === "set") return "a setter";
  for (const own of ownNodes(node)) {
    const why = whyBound(own, node.type === "ArrowFunctionExpression");
    if (why !== undefined) return why;
  }
  if (hasRepeatedNames(node.params as Node[])) return "two parameters have the same name";
  for (const { type, name } of allNodes(node)) if (type === "Identifier" && name === "yield") return "a name in it is yield";
  return undefined;
}

function whyBound(own: Node, isArrow: boolean): string | undefined {
  if (own.type === "WithStatement") return "it has a with statement";
  if (own.type === "MetaProperty" && (own.meta as Node).name === "new") return "it uses new.target";
  if (own.type === "MetaProperty" || !isBoundToPlace(own, isArrow)) return undefined;
  if (own.type === "Identifier") return "an arrow function that uses the arguments of the function around it";
  if (own.type === "MemberExpression") return "it uses arguments.callee";
  return (own.callee as Node).type === "Super" ? "it calls super()" : "it calls eval";
}

const calling =
  /^(?:sort|toSorted|replace|replaceAll|from|fromAsync|fromEntries|groupBy|flatMap|parse|stringify|then|catch|finally)$/;
const conversions = /^(?:toString|valueOf|toJSON|toPrimitive|iterator|hasInstance)$/;

/** Why a function that could be suspended is not where it is usually called from. */
function whyCalled({ node, parent, key, listKey }: NodePath): string | undefined {
  const own = node.key as Node | undefined;
  const name = own && /Method$/.test(node.type) ? ((own.name ?? (own.property as Node | undefined)?.name) as string) : "";
  if (conversions.test(name)) return "where the engine calls it";
  const callee = parent.callee as Node | undefined;
  if (listKey !== "arguments" || !callee || typeof key !== "number") return undefined;
  if (parent.type === "NewExpression") return "a callback of a constructor";
  const method = ((callee.property ?? callee) as Node).name as string | undefined;
  return method !== undefined && calling.test(method) ? `a callback of ${method}` : undefined;
}
