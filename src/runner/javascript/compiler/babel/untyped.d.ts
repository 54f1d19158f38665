/** Declarations for the parts of Babel's packages that are used and come without types. */
declare module "@babel/helper-module-transforms" {
  import type { NodePath } from "@babel/traverse";
  import type * as t from "@babel/types";

  export interface SourceMetadata {
    name: string;
    interop: string;
    importsNamespace: Set<string>;
    reexportNamespace: Set<string>;
    reexportAll: object | null;
    loc?: t.SourceLocation | null;
  }
  export interface ModuleMetadata {
    source: Map<string, SourceMetadata>;
    exportNameListName: string | null;
  }
  export function rewriteModuleStatementsAndPrepareHeader(
    path: NodePath<t.Program>,
    options: object,
  ): { meta: ModuleMetadata; headers: t.Statement[] };
  export function isSideEffectImport(source: SourceMetadata): boolean;
  export function wrapInterop(path: NodePath<t.Program>, expression: t.Expression, interop: string): t.CallExpression | undefined;
  export function buildNamespaceInitStatements(meta: ModuleMetadata, source: SourceMetadata): t.Statement[];
  export function ensureStatementsHoisted(statements: t.Statement[]): void;
}

declare module "@babel/template" {
  const template: unknown;
  export default template;
}

declare module "@babel/runtime/helpers/*" {
  const helper: (...args: never[]) => unknown;
  export default helper;
}
