/**
 * Converts `import` and `export` to CommonJS. Imports are awaited, or required if they may not be awaited.
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
import { nameDefaultExport } from "./defaultName";
import { wrapperNames } from "./wrapper";

/** How the imports of a file are loaded. */
export interface ModuleWay {
  /** Whether imports may be awaited. */
  readonly awaits: boolean;
  /** Whether a module is loaded where it is imported, instead of before all statements. */
  readonly inPlace: boolean;
  /** Whether the exports of CommonJS modules are converted to the form of ES module exports. */
  readonly interop: boolean;
}

export function modules(file: File, way: ModuleWay): Plugin {
  const replace = (path: NodePath, source: t.Expression) => {
    path.replaceWith(way.interop ? importedLater(source, isAwaitedByModule(path), file) : requiredLater(source));
  };
  return {
    visitor: {
      ImportExpression: (path) => replace(path, path.node.source),
      CallExpression(path) {
        const [source] = path.node.arguments;
        if (t.isImport(path.node.callee) && t.isExpression(source)) replace(path, source);
      },
      MetaProperty(path) {
        if (path.node.meta.name === "import") replaceMeta(path, file.opts.filename);
      },
      Program: {
        exit(path) {
          if (path.node.sourceType !== "module") return;
          const first = nameDefaultExport(path, file);
          toCommonJs(path, way);
          path.node.body.unshift(...first);
        },
      },
    },
  };
}

function toCommonJs(program: NodePath<t.Program>, way: ModuleWay): void {
  for (const name of wrapperNames) program.scope.rename(name);
  for (const statement of program.get("body")) if (statement.isExportNamedDeclaration()) splitNamespaceExport(statement);
  const places = way.inPlace ? placesOfImports(program) : new Map<string, t.Statement>();
  const options = { exportName: "exports", allowTopLevelThis: true, noInterop: !way.interop };
  const { meta, headers } = rewriteModuleStatementsAndPrepareHeader(program, options);
  const loaded = new Map<t.Statement, t.Statement[]>();
  for (const [source, metadata] of meta.source) {
    const header = loading(program, source, metadata, way);
    header.loc = metadata.loc;
    const statements = [header, ...buildNamespaceInitStatements(meta, metadata)];
    const place = places.get(source);
    if (place) loaded.set(place, statements);
    else headers.push(...statements);
  }
  ensureStatementsHoisted(headers);
  const added = program.unshiftContainer("body", headers);
  for (const path of program.get("body")) {
    const statements = loaded.get(path.node);
    if (statements) added.push(...path.replaceWithMultiple(statements));
  }
  for (const path of added) if (path.isVariableDeclaration()) program.scope.registerDeclaration(path);
}

/** Inserts an empty statement for each imported module, at its first import. */
function placesOfImports(program: NodePath<t.Program>): Map<string, t.Statement> {
  const places = new Map<string, t.Statement>();
  program.node.body = program.node.body.flatMap((statement) => {
    const source = t.isImportOrExportDeclaration(statement) && "source" in statement ? statement.source?.value : undefined;
    if (source === undefined || places.has(source)) return [statement];
    const place = t.emptyStatement();
    places.set(source, place);
    return [statement, place];
  });
  return places;
}

/** Converts `export * as name from "x"` to an import and an export. */
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

function loading(program: NodePath<t.Program>, source: string, metadata: SourceMetadata, way: ModuleWay): t.Statement {
  // A required module has its original exports, which have not been converted.
  const awaits = way.awaits && way.interop;
  const call = t.callExpression(t.identifier(awaits ? "jitiImport" : "require"), [t.stringLiteral(source)]);
  const loaded = awaits ? t.awaitExpression(call) : call;
  if (isSideEffectImport(metadata)) return t.expressionStatement(loaded);
  const value = wrapInterop(program, loaded, metadata.interop) ?? loaded;
  return t.variableDeclaration("var", [t.variableDeclarator(t.identifier(metadata.name), value)]);
}

/** Whether the module itself waits for what it imports with `import(…)`. */
function isAwaitedByModule(path: NodePath): boolean {
  const operator = path.findParent(({ node }) => !t.isCallExpression(node) && !t.isSequenceExpression(node));
  return t.isAwaitExpression(operator?.node) && !path.scope.getFunctionParent();
}

/** The value of `import(…)`. */
function importedLater(source: t.Expression, isAwaited: boolean, file: File): t.Expression {
  const promise = t.callExpression(t.identifier("jitiImport"), isAwaited ? [source] : [source, t.booleanLiteral(true)]);
  return t.callExpression(t.memberExpression(promise, t.identifier("then")), [file.addHelper("interopRequireWildcard")]);
}

/** The value of `import(…)` if the module's exports are not converted. */
function requiredLater(source: t.Expression): t.Expression {
  const promise = t.callExpression(t.memberExpression(t.identifier("Promise"), t.identifier("resolve")), [source]);
  return t.callExpression(t.memberExpression(promise, t.identifier("then")), [t.identifier("require")]);
}

/** Replaces `import.meta`, which is not allowed in a function, by its known properties. */
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
