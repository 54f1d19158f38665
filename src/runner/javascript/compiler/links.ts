/**
 * What an ES module exports and imports by name, so that modules can be linked before one of them runs.
 */
import type { NodePath } from "@babel/traverse";
import * as t from "@babel/types";

/** A variable that a module exports. */
export interface ExportedVariable {
  /** Whether it has only one value in its life. */
  readonly isConstant: boolean;
  /** Whether it has no value before its declaration is evaluated. */
  readonly isLexical: boolean;
}

/** A name of another module. */
export interface LinkedName {
  readonly source: string;
  /** `*` for the whole module. */
  readonly name: string;
}

/** A name that a module needs from another one, and where it stands in the source. */
export interface NeededName extends LinkedName {
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  /** Whether the module only exports it again. */
  readonly isReexport: boolean;
}

export interface ModuleLinks {
  readonly variables: ReadonlyMap<string, ExportedVariable>;
  /** What is exported again, by the name it then has. */
  readonly reexports: ReadonlyMap<string, LinkedName>;
  /** The modules of which everything is exported again. */
  readonly stars: readonly string[];
  /** All modules that it imports, in the order of their evaluation. */
  readonly sources: readonly string[];
  readonly needed: readonly NeededName[];
}

/** Must be called when only values are left, and imports and exports are still in their original form. */
export function linksOf(program: NodePath<t.Program>): ModuleLinks {
  const links = new Links(program);
  for (const statement of program.node.body) links.add(statement);
  return links;
}

class Links implements ModuleLinks {
  readonly variables = new Map<string, ExportedVariable>();
  readonly reexports = new Map<string, LinkedName>();
  readonly stars: string[] = [];
  readonly needed: NeededName[] = [];
  readonly #sources = new Set<string>();
  readonly #imported = new Map<string, LinkedName>();

  constructor(readonly program: NodePath<t.Program>) {
    for (const statement of program.node.body) {
      if (!t.isImportDeclaration(statement)) continue;
      for (const specifier of statement.specifiers) {
        this.#imported.set(specifier.local.name, { source: statement.source.value, name: importedName(specifier) });
      }
    }
  }

  get sources(): readonly string[] {
    return [...this.#sources];
  }

  add(statement: t.Statement): void {
    if (t.isImportOrExportDeclaration(statement) && "source" in statement && statement.source) {
      this.#sources.add(statement.source.value);
    }
    if (t.isImportDeclaration(statement)) {
      for (const specifier of statement.specifiers) {
        const place = t.isImportSpecifier(specifier) ? specifier.imported : specifier;
        this.#need({ source: statement.source.value, name: importedName(specifier) }, place, statement, false);
      }
    } else if (t.isExportAllDeclaration(statement)) this.stars.push(statement.source.value);
    else if (t.isExportDefaultDeclaration(statement)) this.#exportDefault(statement.declaration);
    else if (t.isExportNamedDeclaration(statement)) this.#exportNamed(statement);
  }

  #exportDefault(declaration: t.ExportDefaultDeclaration["declaration"]): void {
    const id = t.isFunctionDeclaration(declaration) || t.isClassDeclaration(declaration) ? declaration.id : undefined;
    if (id) this.#exportLocal(id.name, "default");
    else this.variables.set("default", { isConstant: true, isLexical: true });
  }

  #exportNamed(statement: t.ExportNamedDeclaration): void {
    const { declaration, specifiers, source } = statement;
    if (declaration) for (const name of Object.keys(t.getOuterBindingIdentifiers(declaration))) this.#exportLocal(name, name);
    for (const specifier of specifiers) {
      if (!t.isExportSpecifier(specifier)) continue;
      const [local, exported] = [nameOf(specifier.local), nameOf(specifier.exported)];
      if (source) {
        const linked = { source: source.value, name: local };
        this.reexports.set(exported, linked);
        this.#need(linked, specifier.local, statement, true);
      } else this.#exportLocal(local, exported);
    }
  }

  #exportLocal(local: string, exported: string): void {
    const imported = this.#imported.get(local);
    if (imported) {
      this.reexports.set(exported, imported);
      return;
    }
    const binding = this.program.scope.getBinding(local);
    const isLexical = binding?.kind === "let" || binding?.kind === "const";
    this.variables.set(exported, { isConstant: binding?.constant ?? false, isLexical });
  }

  #need(linked: LinkedName, place: t.Node, statement: t.Statement, isReexport: boolean): void {
    const start = (place.loc ?? statement.loc)?.start;
    // Without a place, it was added by the compiler.
    if (start && linked.name !== "*") this.needed.push({ ...linked, line: start.line, column: start.column + 1, isReexport });
  }
}

type Imported = t.ImportDeclaration["specifiers"][number];

function importedName(specifier: Imported): string {
  if (t.isImportDefaultSpecifier(specifier)) return "default";
  return t.isImportSpecifier(specifier) ? nameOf(specifier.imported) : "*";
}

function nameOf(node: t.Identifier | t.StringLiteral): string {
  return t.isIdentifier(node) ? node.name : node.value;
}
