/**
 * TypeScript that is written for CommonJS although no setting says so. The tools that run such files (ts-node, tsx, bundlers) accept `require`
 * beside `import`. As an ES module, such a file could not run in Node.
 */
import type { NodePath } from "@babel/traverse";
import type * as t from "@babel/types";

const names = new Set(["require", "module", "__filename", "__dirname"]);
const mention = new RegExp(`\\b(${[...names].join("|")})\\b`);

/** Whether a file uses names that only a CommonJS module has, and nothing that only an ES module may contain. */
export function isForCommonJs(program: NodePath<t.Program>, source: string): boolean {
  if (!mention.test(source)) return false;
  let [uses, isEsModule] = [false, false];
  program.traverse({
    Identifier(path) {
      if (names.has(path.node.name) && isUsed(path)) uses = true;
    },
    MetaProperty({ node }) {
      if (node.meta.name === "import") isEsModule = true;
    },
    AwaitExpression(path) {
      if (!path.getFunctionParent()) isEsModule = true;
    },
  });
  return uses && !isEsModule;
}

/** Whether it is evaluated, and means what the module is passed. `typeof require` also works where there is none. */
function isUsed(path: NodePath<t.Identifier>): boolean {
  const { parent } = path;
  if (!path.isReferencedIdentifier() || parent.type.startsWith("TS")) return false;
  if (parent.type === "UnaryExpression" && parent.operator === "typeof") return false;
  const declaration = path.scope.getBinding(path.node.name)?.path.parent;
  return declaration === undefined || (declaration.type === "VariableDeclaration" && declaration.declare === true);
}
