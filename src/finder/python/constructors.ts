// The constructor of a class: its own `__init__` or `__new__`, the one that is generated from its fields, or the one inherited from
// classes in the same file.

import type { SyntaxNode } from "@lezer/common";
import { childOf, parts } from "../nodes";
import { assignment } from "./assignments";
import { fateOf } from "./branches";
import { type Field, fieldsIn, namedTupleCall, ownFields } from "./fields";
import { keywordsOf, lastNameIn } from "./keywords";
import { type Parameter, parametersOf, withoutReceiver } from "./parameters";

/** A class of the module, or a class created by a call and bound to a name. */
export interface Source {
  readonly node: SyntaxNode;
  readonly decorators: readonly SyntaxNode[];
}

/** The constructors of one module. */
export class Constructors {
  /** Whether a class outside of the current statement was looked up. */
  reliedOnOthers = false;
  private named: Map<string, Source> | undefined;

  constructor(
    private readonly top: SyntaxNode,
    private readonly text: string,
  ) {}

  /** The parameters of a class's constructor, without the receiver; empty if they are not known from the file. */
  parametersOf(node: SyntaxNode, decorators: readonly SyntaxNode[]): Parameter[] {
    const source = { node, decorators };
    const called = this.calledOf(source);
    if (called) return called;
    const [initialized, made] = [this.find(source, new Set()) ?? [], this.made(source, new Set()) ?? []];
    return required(made) > required(initialized) ? made : initialized;
  }

  /** The class that a base is, where that is one of the module, or a call that makes one. */
  baseOf(base: SyntaxNode): Source | undefined {
    return base.name === "CallExpression" ? { node: base, decorators: [] } : this.classCalled(this.slice(base));
  }

  /** The classes of the module by name. */
  all(): ReadonlyMap<string, Source> {
    this.reliedOnOthers = true;
    this.named ??= this.collect(this.top, new Map());
    return this.named;
  }

  classCalled(name: string): Source | undefined {
    return this.all().get(name);
  }

  /** What the metaclass takes in place of the class, unless it hands all on. */
  private calledOf({ node }: Source): Parameter[] | undefined {
    const name = metaclassOf(node, this.text);
    const meta = name === undefined ? undefined : this.classCalled(name);
    const body = meta && childOf(meta.node, "Body");
    const called = body ? this.method(body, "__call__") : undefined;
    return called?.some(({ text }) => text.startsWith("*")) ? undefined : called;
  }

  /** The parameters of its own `__new__`, or of the one that it inherits. */
  private made({ node }: Source, seen: Set<number>): Parameter[] | undefined {
    if (seen.has(node.from)) return undefined;
    seen.add(node.from);
    const body = childOf(node, "Body");
    const own = body ? this.method(body, "__new__") : undefined;
    if (own) return own;
    for (const base of basesOf(node)) {
      const source = this.baseOf(base);
      const inherited = source && this.made(source, seen);
      if (inherited) return inherited;
    }
    return undefined;
  }

  private find(source: Source, seen: Set<number>): Parameter[] | undefined {
    const { node } = source;
    if (seen.has(node.from)) return undefined;
    seen.add(node.from);
    const body = childOf(node, "Body");
    if (!body) return node.name === "CallExpression" ? namedTupleCall(node, this.text) : undefined;
    const own = this.method(body, "__init__");
    if (own) return own;
    const dataclass = dataclassOf(source.decorators, this.text);
    if (dataclass && dataclass.get("init") !== "False") return parametersOfFields([...this.fields(source, new Set()).values()]);
    const made = this.method(body, "__new__");
    if (made) return made;
    const bases = basesOf(node);
    if (bases.some((base) => lastNameIn(base, this.text) === "NamedTuple" && base.name !== "CallExpression")) {
      return parametersOfFields(ownFields(body, this.text, false));
    }
    return this.inherited(bases, seen);
  }

  private inherited(bases: readonly SyntaxNode[], seen: Set<number>): Parameter[] | undefined {
    for (const base of bases) {
      const source = this.baseOf(base);
      const parameters = source && this.find(source, seen);
      if (parameters) return parameters;
    }
    return undefined;
  }

  /** The fields, those of base classes first, at their positions there. */
  private fields(source: Source, seen: Set<number>): Map<string, Field> {
    const fields = new Map<string, Field>();
    const body = childOf(source.node, "Body");
    if (!body || seen.has(source.node.from)) return fields;
    seen.add(source.node.from);
    for (const base of basesOf(source.node).reverse()) {
      const above = this.classCalled(this.slice(base));
      for (const [name, field] of above ? this.fields(above, seen) : []) fields.set(name, field);
    }
    const dataclass = dataclassOf(source.decorators, this.text);
    if (!dataclass) return fields;
    for (const field of ownFields(body, this.text, isKeywordOnly(dataclass))) fields.set(field.name, field);
    return fields;
  }

  private method(body: SyntaxNode, name: string): Parameter[] | undefined {
    const definitions = body.getChildren("Statement").map((node) => childOf(node, "FunctionDefinition") ?? node);
    const own = definitions.findLast((node) => node.name === "FunctionDefinition" && this.nameOf(node) === name);
    const list = own && childOf(own, "ParamList");
    return list ? withoutReceiver(parametersOf(list, this.text)) : undefined;
  }

  /** The classes of the module, including those in its blocks. If several have the same name, the last one is valid. */
  private collect(block: SyntaxNode, named: Map<string, Source>): Map<string, Source> {
    for (let node = block.firstChild; node; node = node.nextSibling) {
      const defined = node.name === "DecoratedStatement" ? childOf(node, "ClassDefinition") : node;
      if (defined?.name === "ClassDefinition") {
        named.set(this.nameOf(defined), { node: defined, decorators: node.getChildren("Decorator") });
      } else if (node.name === "AssignStatement") {
        const { names, value } = assignment(node, this.text);
        if (value?.name === "CallExpression") for (const name of names) named.set(name, { node: value, decorators: [] });
      } else if (/^(If|Try|With)Statement$/.test(node.name)) {
        for (const body of node.getChildren("Body"))
          if (!/^(?:never|main)$/.test(fateOf(body, this.text))) this.collect(body, named);
      }
    }
    return named;
  }

  private nameOf(node: SyntaxNode): string {
    const name = childOf(node, "VariableName");
    return name ? this.slice(name) : "";
  }

  private slice({ from, to }: SyntaxNode): string {
    return this.text.slice(from, to);
  }
}

function required(parameters: readonly Parameter[]): number {
  return parameters.filter((each) => each.required).length;
}

/** The last name of a class's metaclass, if one is given. */
export function metaclassOf(node: SyntaxNode, text: string): string | undefined {
  return keywordsOf(childOf(node, "ArgList"), text).get("metaclass")?.split(".").at(-1);
}

/** The base classes of a class, without `metaclass=…`. */
export function basesOf(node: SyntaxNode): SyntaxNode[] {
  const list = childOf(node, "ArgList");
  const children = list ? parts(list) : [];
  return children.flatMap((child, index) => {
    const isKeyword = children[index + 1]?.name === "AssignOp" || children[index - 1]?.name === "AssignOp";
    if (isKeyword || /^(\(|\)|,|AssignOp|\*|\*\*)$/.test(child.name)) return [];
    // The base class of `Base[int]` is `Base`.
    const generic = child.name === "MemberExpression" && childOf(child, "[") ? child.firstChild : child;
    return generic ? [generic] : [];
  });
}

/** Whether fields must be named in a call. If that is unknown, they are named too, which is always allowed. */
function isKeywordOnly(dataclass: ReadonlyMap<string, string>): boolean {
  return (dataclass.get("kw_only") ?? "False") !== "False" || dataclass.has("**");
}

/** The arguments of `@dataclass`; undefined without that decorator. */
function dataclassOf(decorators: readonly SyntaxNode[], text: string): Map<string, string> | undefined {
  const own = decorators.find((decorator) => lastNameIn(decorator, text) === "dataclass");
  return own && keywordsOf(childOf(own, "ArgList"), text);
}

function parametersOfFields(fields: readonly Field[]): Parameter[] {
  return fieldsIn(fields).map(({ name, required, keywordOnly }) => ({ text: name, required, keywordOnly }));
}
