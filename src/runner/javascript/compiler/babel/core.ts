/**
 * Stands for `@babel/core` in the bundle: what Babel's plugins ask of it, without the reading of configurations, which makes up most of
 * that package and which nobody here needs.
 */
export { default as template } from "@babel/template";
export { default as traverse, NodePath } from "@babel/traverse";
export * as types from "@babel/types";

/** Plugins ask whether they fit. */
export const version = "7.29.13";
