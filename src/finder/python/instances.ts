// How an instance of a class is had: by calling it, as a member of an enumeration, or, where a class cannot be called itself,
// of a class of the same file that inherits from it.

import type { SyntaxNode } from "@lezer/common";
import { childOf } from "../nodes";
import { assignment } from "./assignments";
import { basesOf, type Constructors, metaclassOf, type Source } from "./constructors";
import { lastNameIn } from "./keywords";
import { requiredArguments } from "./parameters";

/** An expression that gives an instance. */
export interface Instance {
  readonly expression: string;
  readonly needsArguments: boolean;
}

const enumerations = /^(?:Enum|IntEnum|StrEnum|Flag|IntFlag|ReprEnum)$/;
const metaclasses = /^(?:type|ABCMeta|EnumMeta|EnumType)$/;
/** Of other classes from elsewhere it is not known whether `abstractmethod` means anything there. */
const plainBases = /^(?:object|Generic|NamedTuple|TypedDict|dict|list|set|tuple|int|str|float|Exception|BaseException|Thread)$/;

/** The instances of one module's classes. */
export class Instances {
  constructor(
    private readonly constructors: Constructors,
    private readonly text: string,
  ) {}

  /**
   * An instance on which a method of a class can be called; undefined where there is none in the file.
   *
   * @param expression the class itself
   */
  of(source: Source, expression: string, method: string): Instance | undefined {
    const own = this.own(source, expression);
    if (own) return own;
    const isMeta = this.isOf(source, metaclasses);
    for (const [name, other] of this.constructors.all()) {
      if (other.node.from === source.node.from || other.node.name !== "ClassDefinition") continue;
      if (isMeta) {
        if (this.isMadeBy(other, source)) return { expression: name, needsArguments: false };
        continue;
      }
      const line = this.line(other);
      const at = line.findIndex(({ node }) => node.from === source.node.from);
      const isHidden = line.slice(0, at).some((each) => this.bound(each).has(method));
      const instance = at > 0 && !isHidden ? this.own(other, name) : undefined;
      if (instance) return instance;
    }
    return undefined;
  }

  /** An instance of the very class; undefined where it has none. */
  private own(source: Source, expression: string): Instance | undefined {
    if (this.isOf(source, enumerations)) {
      const member = this.firstMember(source);
      return member === undefined ? undefined : { expression: `${expression}.${member}`, needsArguments: false };
    }
    if (this.isOf(source, metaclasses) || this.isAbstract(source)) return undefined;
    const parameters = this.constructors.parametersOf(source.node, source.decorators);
    return {
      expression: `${expression}(${requiredArguments(parameters)})`,
      needsArguments: parameters.some(({ required }) => required),
    };
  }

  private firstMember({ node }: Source): string | undefined {
    for (const statement of childOf(node, "Body")?.getChildren("AssignStatement") ?? []) {
      const { names, value } = assignment(statement, this.text);
      const isMember =
        value && value.name !== "LambdaExpression" && !/^(?:nonmember|property)$/.test(lastNameIn(value, this.text));
      const name = isMember && names.find((each) => !each.startsWith("_"));
      if (name) return name;
    }
    return undefined;
  }

  private isAbstract(source: Source): boolean {
    const line = this.line(source);
    if (basesOf(source.node).some((base) => lastNameIn(base, this.text) === "Protocol")) return true;
    const outer = line.flatMap((each) => this.outerBases(each));
    const metas = line.map((each) => metaclassOf(each.node, this.text)).filter((name) => name !== undefined);
    if (metas.length === 0 && outer.every((name) => plainBases.test(name))) return false;
    const names = new Map<string, boolean>();
    for (const each of line) for (const [name, isAbstract] of this.bound(each)) if (!names.has(name)) names.set(name, isAbstract);
    return [...names.values()].includes(true);
  }

  private isMadeBy(source: Source, meta: Source): boolean {
    return this.line(source).some((each) => {
      const name = metaclassOf(each.node, this.text);
      const found = name === undefined ? undefined : this.constructors.classCalled(name);
      return found !== undefined && this.line(found).some(({ node }) => node.from === meta.node.from);
    });
  }

  /** Whether a class inherits from one of these from elsewhere. */
  private isOf(source: Source, names: RegExp): boolean {
    return (
      basesOf(source.node).length > 0 && this.line(source).some((each) => this.outerBases(each).some((name) => names.test(name)))
    );
  }

  /** The bases that are no classes of this file. */
  private outerBases({ node }: Source): string[] {
    return basesOf(node)
      .filter((base) => !this.constructors.baseOf(base))
      .map((base) => lastNameIn(base, this.text));
  }

  /** A class and the classes of this file that it inherits from, in the order in which Python looks into them. */
  private line(source: Source): Source[] {
    const all = this.lineage(source, new Set());
    return all.filter(({ node }, index) => !all.slice(index + 1).some((later) => later.node.from === node.from));
  }

  private lineage(source: Source, seen: ReadonlySet<number>): Source[] {
    if (seen.has(source.node.from)) return [];
    const bases = basesOf(source.node).flatMap((base) => this.constructors.baseOf(base) ?? []);
    return [source, ...bases.flatMap((base) => this.lineage(base, new Set([...seen, source.node.from])))];
  }

  /** The names that a class body gives a value to, and whether that is abstract. */
  private bound({ node }: Source): Map<string, boolean> {
    const names = new Map<string, boolean>();
    for (const statement of childOf(node, "Body")?.getChildren("Statement") ?? []) {
      const defined = childOf(statement, "FunctionDefinition") ?? childOf(statement, "ClassDefinition") ?? statement;
      if (statement.name === "AssignStatement") for (const name of assignedIn(statement, this.text)) names.set(name, false);
      const name = /Definition$/.test(defined.name) ? childOf(defined, "VariableName") : null;
      const isAbstract = statement.getChildren("Decorator").some((each) => lastNameIn(each, this.text).startsWith("abstract"));
      if (name) names.set(this.text.slice(name.from, name.to), isAbstract);
    }
    return names;
  }
}

function assignedIn(statement: SyntaxNode, text: string): string[] {
  return assignment(statement, text).names;
}
