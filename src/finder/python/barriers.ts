// What stands between a generator function of a Python file and a call of it.

import type { SyntaxNode } from "@lezer/common";
import type { Barred } from "../barriers";
import { childOf } from "../nodes";
import { deletedNames } from "./assignments";
import { fateOf } from "./branches";
import { Constructors } from "./constructors";
import { bindingOf } from "./decorators";
import { Instances } from "./instances";

/** Tells of a function of a module that cannot be called why it cannot, where that can be said in a word. */
export function pythonBarrier(top: SyntaxNode, text: string): (node: SyntaxNode) => Barred | undefined {
  const instances = new Instances(new Constructors(top, text), text);
  return (node) => aroundIt(node, text) ?? deletedBelow(node, text) ?? withoutInstance(node, text, instances);
}

function aroundIt(node: SyntaxNode, text: string): Barred | undefined {
  let barred: Barred | undefined;
  for (let above = node.parent; above; above = above.parent) {
    if (above.name === "FunctionDefinition") return { barrier: "function", owner: `${nameOf(above, text)}()` };
    const fate = above.name === "Body" ? fateOf(above, text) : "may";
    if (!barred && (fate === "never" || fate === "main")) barred = { barrier: fate, owner: "" };
  }
  return barred;
}

/** It, or a class around it, is deleted by a statement of the same block. */
function deletedBelow(node: SyntaxNode, text: string): Barred | undefined {
  for (let defined: SyntaxNode | null = node; defined; defined = defined.parent) {
    if (!/^(?:Function|Class)Definition$/.test(defined.name)) continue;
    const name = nameOf(defined, text);
    const statement = defined.parent?.name === "DecoratedStatement" ? defined.parent : defined;
    for (let later = statement.nextSibling; later; later = later.nextSibling) {
      if (later.name === "DeleteStatement" && deletedNames(later, text).includes(name))
        return { barrier: "deleted", owner: name };
    }
  }
  return undefined;
}

function withoutInstance(node: SyntaxNode, text: string, instances: Instances): Barred | undefined {
  const owner = node.parent?.name === "DecoratedStatement" ? node.parent.parent : node.parent;
  const defined = owner?.name === "Body" ? owner.parent : null;
  if (defined?.name !== "ClassDefinition" || !/^(?:plain|property)$/.test(bindingOf(decoratorsOf(node), text))) return undefined;
  const source = { node: defined, decorators: decoratorsOf(defined) };
  const name = nameOf(defined, text);
  return instances.of(source, name, nameOf(node, text)) ? undefined : { barrier: "abstract", owner: name };
}

function decoratorsOf({ parent }: SyntaxNode): readonly SyntaxNode[] {
  return parent?.name === "DecoratedStatement" ? parent.getChildren("Decorator") : [];
}

function nameOf(node: SyntaxNode, text: string): string {
  const name = childOf(node, "VariableName");
  return name ? text.slice(name.from, name.to) : "";
}
