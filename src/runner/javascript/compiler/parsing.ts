/**
 * Parses files with Babel's parser. Accepts the same TypeScript syntax as the TypeScript compiler.
 */
import { type ParseError, type ParseResult, type ParserPlugin, parse } from "@babel/parser";
import * as t from "@babel/types";
import { accepting } from "./typescript/accepting";

export type SourceType = "module" | "script" | "unambiguous";

const common: ParserPlugin[] = [
  ["decorators", {}],
  "decoratorAutoAccessors",
  "explicitResourceManagement",
  "deferredImportEvaluation",
  ["importAttributes", { deprecatedAssertSyntax: true }],
];

/** Errors of Babel's parser for code that the TypeScript compiler accepts. */
const accepted = new Set(["UnsupportedParameterDecorator"]);

/**
 * Parses a file that will be run.
 *
 * @throws SyntaxError of the parser, with `loc`
 */
export function parsed(source: string, filename: string, sourceType: SourceType): t.File {
  const strictly = (text: string) => {
    const ast = parsedOnce(text, filename, sourceType);
    const fault = faultIn(ast);
    if (!fault) return ast;
    const script = sourceType === "unambiguous" && isScript(ast) ? parsedOnce(text, filename, "script") : ast;
    if (faultIn(script)) throw fault;
    return script;
  };
  return isTypeScript(filename) ? accepting(source, strictly) : strictly(source);
}

/** What the parser got over, in a file that is to run. */
function faultIn(ast: ParseResult<t.File>): ParseError | undefined {
  return (ast.errors ?? []).find((error) => !accepted.has(error.reasonCode) && !isOfAmbient(error, ast));
}

/** Neither imports nor exports anything. The parser gets over what is only possible in such a file as though it were a module. */
function isScript({ program }: t.File): boolean {
  return program.sourceType === "script";
}

/** Babel's parser looks for what is exported among what the file itself declares, and not in what it says is declared elsewhere. */
function isOfAmbient(error: ParseError, ast: t.File): boolean {
  const { reasonCode, pos } = error as ParseError & { readonly pos: number };
  if (reasonCode !== "ModuleExportUndefined") return false;
  let isAmbient = false;
  t.traverseFast(ast, (node) => {
    if (!t.isTSModuleDeclaration(node) || !node.declare) return;
    isAmbient ||= node.kind === "global" || ((node.start ?? 0) <= pos && pos < (node.end ?? 0));
  });
  return isAmbient;
}

/**
 * Parses a file only for its declarations. Recoverable errors are ignored.
 *
 * @throws SyntaxError of the parser
 */
export function lookedThrough(source: string, filename: string): t.File {
  return accepting(source, (text) => parsedOnce(text, filename, "module"));
}

export function isTypeScript(filename: string): boolean {
  return /\.[cm]?tsx?$/.test(filename);
}

function parsedOnce(source: string, filename: string, sourceType: SourceType): ParseResult<t.File> {
  const plugins = [...common];
  const isTyped = isTypeScript(filename);
  if (isTyped) plugins.push(["typescript", { dts: /\.d\.[cm]?ts$/.test(filename) }]);
  if (/(\.[cm]?[jt]sx|\.[cm]?js)$/.test(filename)) plugins.push("jsx");
  return parse(source, { sourceType, allowReturnOutsideFunction: true, errorRecovery: isTyped, plugins });
}
