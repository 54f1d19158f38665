/**
 * Lowers TypeScript to JavaScript, except for standard decorators, JSX and modules. This file has the order of the steps, which depend
 * on each other.
 */
import type { NodePath } from "@babel/traverse";
import * as t from "@babel/types";
import type { File } from "../babel/file";
import type { Settings } from "../tsconfig";
import { lowerImportEquals } from "./aliases";
import { lowerEnum, memberName } from "./enums";
import { type ElidedImport, elideImports } from "./imports";
import { lowerLegacyDecorators } from "./legacyDecorators";
import { emitMetadata } from "./metadata";
import { exportedNames, homes, lowerNamespace, unfold } from "./namespaces";
import { lowerParameterProperties } from "./parameters";
import { stripTypes } from "./types";

/** @param implied names that JSX uses without containing them */
export function lower(file: File, settings: Settings, implied: readonly string[]): ElidedImport[] {
  const program = file.path;
  if (settings.strict && program.node.sourceType !== "module") beStrict(program.node);
  if (settings.emitsMetadata) emitMetadata(program, file, settings.nothingCounts);
  stripTypes(program);
  program.scope.crawl();
  const elided = lowerImportEquals(program, file.opts.require);
  elided.push(...elideImports(program, file.opts.filename, settings, implied));
  lowerObjects(program, file);
  lowerClasses(program, file, settings);
  program.scope.crawl();
  return elided;
}

/** The compiler adds "use strict" to every file. */
function beStrict({ directives }: t.Program): void {
  if (!directives.some(({ value }) => value.value === "use strict"))
    directives.unshift(t.directive(t.directiveLiteral("use strict")));
}

/** Lowers enums and namespaces. First collects the names that several declarations of one object share. */
function lowerObjects(program: NodePath<t.Program>, file: File): void {
  const members = new Map<string, Set<string>>();
  const keys = new Map<t.Node, string>();
  program.traverse({
    TSModuleDeclaration(path) {
      unfold(path);
      note(path, t.isTSModuleBlock(path.node.body) ? exportedNames(path.node.body) : []);
    },
    TSEnumDeclaration: (path) => note(path, path.node.members.map(memberName)),
  });
  program.traverse({
    TSModuleDeclaration: (path) => lowerNamespace(path, membersOf(path.node), homes.get(path.node)),
    TSEnumDeclaration: (path) => lowerEnum(path, membersOf(path.node), homes.get(path.node), file),
  });

  function note(path: NodePath<t.TSModuleDeclaration | t.TSEnumDeclaration>, names: string[]): void {
    const key = `${path.type} ${keyOf(path)}`;
    keys.set(path.node, key);
    members.set(key, new Set([...(members.get(key) ?? []), ...names]));
  }

  function membersOf(node: t.Node): ReadonlySet<string> {
    return members.get(keys.get(node) ?? "") ?? new Set();
  }
}

const blocks = new WeakMap<t.Node, number>();
let lastBlock = 0;

/** A key that is equal for declarations of the same object. */
function keyOf(path: NodePath<t.TSModuleDeclaration | t.TSEnumDeclaration>): string {
  const { id } = path.node;
  const around = path.findParent((parent) => parent.isBlock() || parent.isTSModuleBlock()) as NodePath;
  const name = t.isIdentifier(id) ? id.name : "";
  if (around.isTSModuleBlock()) return `${keyOf(around.parentPath as NodePath<t.TSModuleDeclaration>)}.${name}`;
  const number = blocks.get(around.node) ?? ++lastBlock;
  blocks.set(around.node, number);
  return `${number}.${name}`;
}

function lowerClasses(program: NodePath<t.Program>, file: File, settings: Settings): void {
  program.traverse({
    ClassMethod(path) {
      if (path.node.kind !== "constructor") return;
      const isProperty = path.node.params.some((parameter) => t.isTSParameterProperty(parameter));
      if (isProperty) lowerParameterProperties(path, settings, file);
    },
  });
  if (!settings.legacyDecorators) return;
  program.traverse({ Class: { exit: (path) => lowerLegacyDecorators(path, file) } });
}
