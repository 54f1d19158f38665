/**
 * Parses a file with Babel's parser; TypeScript is accepted as by its own compiler.
 */
import { type ParseResult, type ParserPlugin, parse } from "@babel/parser";
import type * as t from "@babel/types";
import { accepting } from "./typescript/accepting";

export type SourceType = "module" | "script" | "unambiguous";

const common: ParserPlugin[] = [
  ["decorators", {}],
  "decoratorAutoAccessors",
  "explicitResourceManagement",
  "deferredImportEvaluation",
  ["importAttributes", { deprecatedAssertSyntax: true }],
];

/** TypeScript takes some of what Babel's parser warns of. */
const accepted = new Set(["UnsupportedParameterDecorator"]);

/**
 * A file that is to run.
 *
 * @throws SyntaxError of the parser, with `loc`
 */
export function parsed(source: string, filename: string, sourceType: SourceType): t.File {
  const strictly = (text: string) => {
    const ast = parsedOnce(text, filename, sourceType);
    const [error] = (ast.errors ?? []).filter(({ reasonCode }) => !accepted.has(reasonCode));
    if (error) throw error;
    return ast;
  };
  return isTypeScript(filename) ? accepting(source, strictly) : strictly(source);
}

/**
 * A file that is only looked at: what the parser gets over may be wrong.
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
