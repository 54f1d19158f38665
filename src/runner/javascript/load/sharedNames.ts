/** The names in a file that stand for what several functions share: variables that are written after they were made, and globals. */
import type { Binding, Node, NodePath } from "./babel";

/** Babel's scope, as far as it is needed here. */
export interface Scope {
  readonly path: NodePath;
  readonly bindings: Record<string, SharedBinding>;
  crawl(): void;
  hasBinding(name: string, noGlobals: boolean): boolean;
  getFunctionParent(): Scope | null;
}

export interface SharedBinding extends Binding {
  readonly identifier: Node;
  readonly constant: boolean;
  readonly constantViolations: (NodePath & { scope: unknown })[];
}

type ScopedPath = NodePath & { scope: Scope; isReferencedIdentifier(): boolean };

/** Calls back with each import, each variable of the module that is assigned later, and each such local that another function uses. */
export function eachShared(
  program: NodePath,
  note: (name: string, binding: SharedBinding, scope: Scope, isOfModule: boolean) => void,
): void {
  const scope = program.scope as unknown as Scope;
  scope.crawl();
  const visit = (own: Scope) => {
    for (const [name, binding] of Object.entries(own.bindings)) {
      const isShared = binding.kind === "module" || (!binding.constant && (own === scope || isCaptured(binding, own)));
      if (isShared) note(name, binding, own, own === scope);
    }
  };
  visit(scope);
  program.traverse({ Scope: (path) => visit(path.scope as unknown as Scope) });
}

/** Calls back with each name that the file does not declare. @param note is told the node that assigns it, and whether it is read */
export function eachGlobal(
  program: NodePath,
  note: (node: Node, name: string, assignedBy: Node | undefined, isRead: boolean) => void,
): void {
  program.traverse({
    Identifier: (path) => {
      const { node, scope } = path as unknown as ScopedPath;
      const name = node.name as string;
      if (isOurs(name) || scope.hasBinding(name, true)) return;
      const isAssigned =
        path.parent.type === "UpdateExpression" || (path.parent.type === "AssignmentExpression" && path.key === "left");
      const isRead = (path as unknown as ScopedPath).isReferencedIdentifier();
      note(node, name, isAssigned ? path.parent : undefined, isRead && !(name in globalThis) && !fixed.has(name));
    },
  });
}

/** Names that stand for nothing that changes. */
const fixed = new Set(["undefined", "NaN", "Infinity", "arguments", "require", "module", "exports", "__filename", "__dirname"]);

/** Whether a name was made by the instrumentation. */
export function isOurs(name: string): boolean {
  return name.startsWith("yieldpoint$");
}

/** The names that a pattern declares or assigns. */
export function patternNames(pattern: Node | null): string[] {
  return targetsOf(pattern).flatMap((target) => (target.type === "Identifier" ? [target.name as string] : []));
}

/** What a pattern assigns to: names and members. */
export function targetsOf(pattern: Node | null): Node[] {
  if (!pattern) return [];
  switch (pattern.type) {
    case "ObjectPattern":
      return (pattern.properties as Node[]).flatMap((property) => targetsOf((property.value ?? property.argument) as Node));
    case "ArrayPattern":
      return (pattern.elements as (Node | null)[]).flatMap(targetsOf);
    case "AssignmentPattern":
      return targetsOf(pattern.left as Node);
    case "RestElement":
      return targetsOf(pattern.argument as Node);
    default:
      return [pattern];
  }
}

/** Whether another function uses a local. */
function isCaptured({ referencePaths, constantViolations }: SharedBinding, own: Scope): boolean {
  const home = functionOf(own);
  return [...referencePaths, ...constantViolations].some((path) => functionOf(path.scope as unknown as Scope) !== home);
}

function functionOf(scope: Scope): unknown {
  return scope.getFunctionParent()?.path.node;
}
