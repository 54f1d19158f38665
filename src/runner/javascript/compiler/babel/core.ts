/**
 * Stands in for `@babel/core` in the bundle: it has what Babel's plugins need, without the reading of configuration files,
 * which makes up most of that package and is not needed here.
 */
export { default as template } from "@babel/template";
export { default as traverse, NodePath } from "@babel/traverse";
export * as types from "@babel/types";

/** Plugins ask whether they fit. */
export const version = "7.29.13";
