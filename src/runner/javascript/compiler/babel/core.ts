/**
 * Replaces `@babel/core` in the bundle. It provides what Babel's plugins need, without the code that reads configuration files,
 * which makes up most of that package and is not needed here.
 */
export { default as template } from "@babel/template";
export { default as traverse, NodePath } from "@babel/traverse";
export * as types from "@babel/types";

/** Plugins check this version for compatibility. */
export const version = "7.29.13";
