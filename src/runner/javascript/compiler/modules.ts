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
import { linksOf, type ModuleLinks } from "./links";
import { passedNames, wrapperNames } from "./wrapper";

/** How the imports of a file are loaded. */
export interface ModuleWay {
  /** Whether imports may be awaited. */
  readonly awaits: boolean;
  /** Whether a module is loaded where it is imported, instead of before all statements. */
  readonly inPlace: boolean;
  /** Whether the exports of CommonJS modules are converted to the form of ES module exports. */
  readonly interop: boolean;
  /** Whether the runner's own loader runs the result. It links ES modules, while jiti knows only CommonJS. */
  readonly isOwn: boolean;
}

/** How the compiled code refers to what loads modules. */
interface Names {
  readonly require: string;
  readonly import: string;
  readonly resolve: string;
}

const jitiNames: Names = { require: "require", import: "jitiImport", resolve: "jitiESMResolve" };

/** @param linked called with the links of an ES module that is to be linked */
export function modules(file: File, way: ModuleWay, linked?: (links: ModuleLinks) => void): Plugin {
  const names = way.isOwn ? passedNames : jitiNames;
  const replace = (path: NodePath, source: t.Expression) => {
    const namespace = way.isOwn ? t.identifier(passedNames.namespace) : file.addHelper("interopRequireWildcard");
    path.replaceWith(way.interop ? importedLater(source, isAwaitedByModule(path), namespace, names) : requiredLater(source));
  };
  return {
    visitor: {
      ImportExpression: (path) => replace(path, path.node.source),
      CallExpression(path) {
        const [source] = path.node.arguments;
        if (t.isImport(path.node.callee) && t.isExpression(source)) replace(path, source);
      },
      MetaProperty(path) {
        if (path.node.meta.name === "import") replaceMeta(path, file.opts.filename, names);
      },
      Program: {
        exit(path) {
          if (path.node.sourceType !== "module") return;
          const first = nameDefaultExport(path, file);
          if (way.isOwn && !way.inPlace) toLinked(path, way, linked);
          else toCommonJs(path, way);
          path.node.body.unshift(...first);
        },
      },
    },
  };
}

function toCommonJs(program: NodePath<t.Program>, way: ModuleWay): void {
  for (const name of wrapperNames) program.scope.rename(name);
  splitNamespaceExports(program);
  const places = way.inPlace ? placesOfImports(program) : new Map<string, t.Statement>();
  const options = { exportName: "exports", allowTopLevelThis: true, noInterop: !way.interop };
  const { meta, headers } = rewriteModuleStatementsAndPrepareHeader(program, options);
  const loaded = new Map<t.Statement, t.Statement[]>();
  for (const [source, metadata] of meta.source) {
    const statements = [
      loading(program, source, metadata, way, way.isOwn ? { ...passedNames, require: "require" } : jitiNames),
      ...buildNamespaceInitStatements(meta, metadata),
    ];
    const place = places.get(source);
    if (place) loaded.set(place, statements);
    else headers.push(...statements);
  }
  const added = addedFirst(program, headers);
  for (const path of program.get("body")) {
    const statements = loaded.get(path.node);
    if (statements) added.push(...path.replaceWithMultiple(statements));
  }
  register(program, added);
}

/** Converts a module whose loader provides the object for its exports. */
function toLinked(program: NodePath<t.Program>, way: ModuleWay, linked?: (links: ModuleLinks) => void): void {
  splitNamespaceExports(program);
  linked?.(linksOf(program));
  const { exports } = passedNames;
  const isAssigned = Object.values(program.scope.bindings).some(({ kind, constant }) => kind === "module" && !constant);
  const options = { exportName: exports, allowTopLevelThis: true, strict: true, noIncompleteNsImportDetection: true };
  const { meta, headers } = rewriteModuleStatementsAndPrepareHeader(program, options);
  for (const [source, metadata] of meta.source) {
    headers.push(loading(program, source, metadata, way, passedNames), ...namespaces(metadata, exports));
  }
  if (isAssigned) program.traverse({ NewExpression: throwAsNode });
  // The list of names that Babel's own form of `export *` needs.
  const needed = headers.filter((header) => !declares(header, meta.exportNameListName));
  register(program, addedFirst(program, needed));
}

/** Gives the error for an assignment to an import the kind and the message that it has in Node. */
function throwAsNode({ node }: NodePath<t.NewExpression>): void {
  const [message] = node.arguments;
  // In the source, an error has a position.
  if (node.loc || !t.isIdentifier(node.callee, { name: "Error" }) || !t.isBinaryExpression(message)) return;
  node.callee = t.identifier("TypeError");
  node.arguments = [t.stringLiteral("Assignment to constant variable.")];
}

function declares(statement: t.Statement, name: string | null): boolean {
  const [declarator] = t.isVariableDeclaration(statement) ? statement.declarations : [];
  return name !== null && t.isIdentifier(declarator?.id, { name });
}

/** The statements that give a module the namespace objects of another one, and export them or everything in them. */
function namespaces(metadata: SourceMetadata, exports: string): t.Statement[] {
  const { name, importsNamespace, reexportNamespace, reexportAll } = metadata;
  const namespace = () => t.callExpression(t.identifier(passedNames.namespace), [t.identifier(name)]);
  const declared = [...importsNamespace].map((local) =>
    local === name
      ? t.expressionStatement(t.assignmentExpression("=", t.identifier(name), namespace()))
      : t.variableDeclaration("var", [t.variableDeclarator(t.identifier(local), namespace())]),
  );
  const exported = [...reexportNamespace].map((as) => {
    const target = t.memberExpression(t.identifier(exports), t.stringLiteral(as), true);
    return t.expressionStatement(t.assignmentExpression("=", target, namespace()));
  });
  const everything = reexportAll
    ? [t.expressionStatement(t.callExpression(t.identifier(passedNames.exportAll), [t.identifier(exports), t.identifier(name)]))]
    : [];
  // Everything is exported of the bindings themselves, which do not yet have to have values.
  return [...everything, ...exported, ...declared];
}

function addedFirst(program: NodePath<t.Program>, headers: t.Statement[]): NodePath[] {
  ensureStatementsHoisted(headers);
  return program.unshiftContainer("body", headers);
}

function register(program: NodePath<t.Program>, added: readonly NodePath[]): void {
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

function splitNamespaceExports(program: NodePath<t.Program>): void {
  for (const statement of program.get("body")) if (statement.isExportNamedDeclaration()) splitNamespaceExport(statement);
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

function loading(
  program: NodePath<t.Program>,
  source: string,
  metadata: SourceMetadata,
  way: ModuleWay,
  names: Names,
): t.Statement {
  // A required module has its original exports, which have not been converted.
  const awaits = way.awaits && way.interop;
  const call = t.callExpression(t.identifier(awaits ? names.import : names.require), [t.stringLiteral(source)]);
  const loaded = awaits ? t.awaitExpression(call) : call;
  const value = wrapInterop(program, loaded, metadata.interop) ?? loaded;
  const statement = isSideEffectImport(metadata)
    ? t.expressionStatement(loaded)
    : t.variableDeclaration("var", [t.variableDeclarator(t.identifier(metadata.name), value)]);
  statement.loc = metadata.loc;
  return statement;
}

/** Whether the module itself waits for what it imports with `import(…)`. */
function isAwaitedByModule(path: NodePath): boolean {
  const operator = path.findParent(({ node }) => !t.isCallExpression(node) && !t.isSequenceExpression(node));
  return t.isAwaitExpression(operator?.node) && !path.scope.getFunctionParent();
}

/** The value of `import(…)`. */
function importedLater(source: t.Expression, isAwaited: boolean, namespace: t.Expression, names: Names): t.Expression {
  const promise = t.callExpression(t.identifier(names.import), isAwaited ? [source] : [source, t.booleanLiteral(true)]);
  return t.callExpression(t.memberExpression(promise, t.identifier("then")), [namespace]);
}

/** The value of `import(…)` if the module's exports are not converted. */
function requiredLater(source: t.Expression): t.Expression {
  const promise = t.callExpression(t.memberExpression(t.identifier("Promise"), t.identifier("resolve")), [source]);
  return t.callExpression(t.memberExpression(promise, t.identifier("then")), [t.identifier("require")]);
}

/** Replaces `import.meta`, which is not allowed in a function, by its known properties. */
function replaceMeta(path: NodePath<t.MetaProperty>, filename: string, names: Names): void {
  const known: Record<string, t.Expression> = {
    url: t.stringLiteral(pathToFileURL(filename).href),
    filename: t.stringLiteral(filename),
    dirname: t.stringLiteral(dirname(filename)),
    resolve: t.identifier(names.resolve),
    env: t.memberExpression(t.identifier("process"), t.identifier("env")),
  };
  const { parent, parentPath } = path;
  const name = t.isMemberExpression(parent) && !parent.computed && t.isIdentifier(parent.property) ? parent.property.name : "";
  if (Object.hasOwn(known, name)) parentPath?.replaceWith(known[name] as t.Expression);
  else
    path.replaceWith(t.objectExpression(Object.entries(known).map(([key, value]) => t.objectProperty(t.identifier(key), value))));
}
