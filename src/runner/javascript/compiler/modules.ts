/**
 * `import` and `export` to what CommonJS has: imports are awaited, or required where they must not be awaited.
 */

import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import {
  buildNamespaceInitStatements,
  ensureStatementsHoisted,
  isSideEffectImport,
  rewriteModuleStatementsAndPrepareHeader,
  type SourceMetadata,
  wrapInterop,
} from "@babel/helper-module-transforms";
import type { NodePath } from "@babel/traverse";
import * as t from "@babel/types";
import type { File } from "./babel/file";
import type { Plugin } from "./babel/plugin";

/** Names of the function that a module is wrapped in. */
const wrapperNames = ["exports", "module", "require", "__filename", "__dirname"];

/** @param awaits whether imports may be awaited */
export function modules(file: File, awaits: boolean): Plugin {
  return {
    visitor: {
      ImportExpression: (path) => void path.replaceWith(imported(path.node.source, file)),
      CallExpression(path) {
        const [source] = path.node.arguments;
        if (t.isImport(path.node.callee) && t.isExpression(source)) path.replaceWith(imported(source, file));
      },
      MetaProperty(path) {
        if (path.node.meta.name === "import") replaceMeta(path, file.opts.filename);
      },
      Program: {
        exit(path) {
          if (path.node.sourceType === "module") toCommonJs(path, awaits);
        },
      },
    },
  };
}

function toCommonJs(program: NodePath<t.Program>, awaits: boolean): void {
  for (const name of wrapperNames) program.scope.rename(name);
  for (const statement of program.get("body")) if (statement.isExportNamedDeclaration()) splitNamespaceExport(statement);
  const options = { exportName: "exports", allowTopLevelThis: true };
  const { meta, headers } = rewriteModuleStatementsAndPrepareHeader(program, options);
  for (const [source, metadata] of meta.source) {
    const header = loading(program, source, metadata, awaits);
    header.loc = metadata.loc;
    headers.push(header, ...buildNamespaceInitStatements(meta, metadata));
  }
  ensureStatementsHoisted(headers);
  const added = program.unshiftContainer("body", headers);
  for (const path of added) if (path.isVariableDeclaration()) program.scope.registerDeclaration(path);
}

/** `export * as name from "x"` is an import that is exported. */
function splitNamespaceExport(path: NodePath<t.ExportNamedDeclaration>): void {
  const { specifiers, source } = path.node;
  const [first] = specifiers;
  if (!source || !t.isExportNamespaceSpecifier(first)) return;
  const local = path.scope.generateUidIdentifier(t.isIdentifier(first.exported) ? first.exported.name : "namespace");
  const imported = t.inherits(t.importDeclaration([t.importNamespaceSpecifier(local)], source), path.node);
  const exported = t.exportNamedDeclaration(null, [t.exportSpecifier(t.cloneNode(local), first.exported as t.Identifier)]);
  const [declaration] = path.replaceWithMultiple([imported, exported]);
  path.scope.getProgramParent().registerDeclaration(declaration as NodePath);
}

function loading(program: NodePath<t.Program>, source: string, metadata: SourceMetadata, awaits: boolean): t.Statement {
  const call = t.callExpression(t.identifier(awaits ? "jitiImport" : "require"), [t.stringLiteral(source)]);
  const loaded = awaits ? t.awaitExpression(call) : call;
  if (isSideEffectImport(metadata)) return t.expressionStatement(loaded);
  const value = wrapInterop(program, loaded, metadata.interop) ?? loaded;
  return t.variableDeclaration("var", [t.variableDeclarator(t.identifier(metadata.name), value)]);
}

/** The value of `import(…)`. */
function imported(source: t.Expression, file: File): t.Expression {
  const promise = t.callExpression(t.identifier("jitiImport"), [source]);
  return t.callExpression(t.memberExpression(promise, t.identifier("then")), [file.addHelper("interopRequireWildcard")]);
}

/** `import.meta` is no more in a function; what is in it is known. */
function replaceMeta(path: NodePath<t.MetaProperty>, filename: string): void {
  const known: Record<string, t.Expression> = {
    url: t.stringLiteral(pathToFileURL(filename).href),
    filename: t.stringLiteral(filename),
    dirname: t.stringLiteral(dirname(filename)),
    resolve: t.identifier("jitiESMResolve"),
    env: t.memberExpression(t.identifier("process"), t.identifier("env")),
  };
  const { parent, parentPath } = path;
  const name = t.isMemberExpression(parent) && !parent.computed && t.isIdentifier(parent.property) ? parent.property.name : "";
  if (Object.hasOwn(known, name)) parentPath?.replaceWith(known[name] as t.Expression);
  else
    path.replaceWith(t.objectExpression(Object.entries(known).map(([key, value]) => t.objectProperty(t.identifier(key), value))));
}
