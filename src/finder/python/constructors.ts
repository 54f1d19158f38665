// What a class is called with: its own `__init__` or `__new__`, the one that is made for it of its fields, or what it
// inherits from classes of the same file.

import type { SyntaxNode } from "@lezer/common";
import { childOf, parts } from "../nodes";
import { assignment } from "./assignments";
import { type Field, fieldsIn, namedTupleCall, ownFields } from "./fields";
import { keywordsOf, lastNameIn } from "./keywords";
import { type Parameter, parametersOf, withoutReceiver } from "./parameters";

/** A class of the module, or a name for a class that a call makes. */
interface Source {
  node: SyntaxNode;
  decorators: readonly SyntaxNode[];
}

/** The constructors of one module. */
export class Constructors {
  /** A class was looked for outside of the statement that is walked. */
  reliedOnOthers = false;
  private named: Map<string, Source> | undefined;

  constructor(
    private readonly top: SyntaxNode,
    private readonly text: string,
  ) {}

  /** The parameters of a class, without the receiver; none where the file does not tell. */
  parametersOf(node: SyntaxNode, decorators: readonly SyntaxNode[]): Parameter[] {
    return this.find({ node, decorators }, new Set()) ?? [];
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
      const source = base.name === "CallExpression" ? { node: base, decorators: [] } : this.classCalled(this.slice(base));
      const parameters = source && this.find(source, seen);
      if (parameters) return parameters;
    }
    return undefined;
  }

  /** Those of the bases first, in the places that they have there. */
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
    for (const field of ownFields(body, this.text, dataclass.get("kw_only") === "True")) fields.set(field.name, field);
    return fields;
  }

  private method(body: SyntaxNode, name: string): Parameter[] | undefined {
    const definitions = body.getChildren("Statement").map((node) => childOf(node, "FunctionDefinition") ?? node);
    const own = definitions.findLast((node) => node.name === "FunctionDefinition" && this.nameOf(node) === name);
    const list = own && childOf(own, "ParamList");
    return list ? withoutReceiver(parametersOf(list, this.text)) : undefined;
  }

  private classCalled(name: string): Source | undefined {
    this.reliedOnOthers = true;
    this.named ??= this.collect(this.top, new Map());
    return this.named.get(name);
  }

  /** The classes of the module, also those in its blocks; the last of a name counts. */
  private collect(block: SyntaxNode, named: Map<string, Source>): Map<string, Source> {
    for (let node = block.firstChild; node; node = node.nextSibling) {
      const defined = node.name === "DecoratedStatement" ? childOf(node, "ClassDefinition") : node;
      if (defined?.name === "ClassDefinition") {
        named.set(this.nameOf(defined), { node: defined, decorators: node.getChildren("Decorator") });
      } else if (node.name === "AssignStatement") {
        const { names, value } = assignment(node, this.text);
        if (value?.name === "CallExpression") for (const name of names) named.set(name, { node: value, decorators: [] });
      } else if (/^(If|Try|With)Statement$/.test(node.name)) {
        for (const body of node.getChildren("Body")) this.collect(body, named);
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

/** The bases of a class, without `metaclass=…`. */
function basesOf(node: SyntaxNode): SyntaxNode[] {
  const list = childOf(node, "ArgList");
  const children = list ? parts(list) : [];
  return children.flatMap((child, index) => {
    const isKeyword = children[index + 1]?.name === "AssignOp" || children[index - 1]?.name === "AssignOp";
    if (isKeyword || /^(\(|\)|,|AssignOp|\*|\*\*)$/.test(child.name)) return [];
    // `Base[int]` is `Base`.
    const generic = child.name === "MemberExpression" && childOf(child, "[") ? child.firstChild : child;
    return generic ? [generic] : [];
  });
}

/** What `@dataclass` is given; undefined without one. */
function dataclassOf(decorators: readonly SyntaxNode[], text: string): Map<string, string> | undefined {
  const own = decorators.find((decorator) => lastNameIn(decorator, text) === "dataclass");
  return own && keywordsOf(childOf(own, "ArgList"), text);
}

function parametersOfFields(fields: readonly Field[]): Parameter[] {
  return fieldsIn(fields).map(({ name, required, keywordOnly }) => ({ text: name, required, keywordOnly }));
}
