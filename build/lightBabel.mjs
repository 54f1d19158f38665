// Babel's packages without what the compiler never uses: other languages and dialects, and checks of syntax trees. Each replacement fails
// the build if a package no longer has the expected form.
import { readFile } from "node:fs/promises";
import * as types from "@babel/types";

/** Which characters names may have. The engine knows it, and decides in the end; Babel brings tables of its own. */
function lightNames(source) {
  return replaced(source, [
    [/^let nonASCIIidentifier(Start)?Chars = .*;$/gm, ""],
    [/^nonASCIIidentifierStartChars = .*;$/gm, ""],
    [/^const astralIdentifier(Start)?Codes = .*;$/gm, ""],
    [
      /^function isInAstralSet\(code, set\) \{\n(?: .*\n)*\}$/gm,
      "const isAstral = (code, set) => code > 0xffff && set.test(String.fromCodePoint(code));",
    ],
    [/new RegExp\("\[" \+ nonASCIIidentifierStartChars \+ "\]"\)/g, "/\\p{ID_Start}/u"],
    [
      /new RegExp\("\[" \+ nonASCIIidentifierStartChars \+ nonASCIIidentifierChars \+ "\]"\)/g,
      "/[\\p{ID_Continue}\\u200c\\u200d]/u",
    ],
    [
      /isInAstralSet\(code, astralIdentifierStartCodes\) \|\| isInAstralSet\(code, astralIdentifierCodes\)/g,
      "isAstral(code, nonASCIIidentifier)",
    ],
    [/isInAstralSet\(code, astralIdentifierStartCodes\)/g, "isAstral(code, nonASCIIidentifierStart)"],
  ]);
}

/** A file as an ES module that exports only these names, so that it is bundled without what they do not refer to. */
function only(names, source) {
  return replaced(source, [
    [/^exports\.\w+ = \w+;$/gm, ""],
    [/Object\.defineProperty\(exports, ['"]__esModule['"], \{\s*value: true\s*\}\);/g, `export { ${names} };`],
  ]);
}

/** The parser without what it adds to itself for syntax that is enabled nowhere. */
function lightParser(source) {
  return replaced(only("parse", lightNames(source)), [
    [/^const mixinPlugins = \{[^}]*\};$/gm, "const mixinPlugins = { jsx, typescript };"],
    [/^const (FlowErrors|PlaceholderErrors) = (?=ParseErrorEnum)/gm, "const $1 = /* @__PURE__ */ "],
  ]);
}

/** The tables of all node types, as data. Babel computes them at each start, from definitions whose checks are most of their text. */
function typeTables() {
  const { VISITOR_KEYS, BUILDER_KEYS, NODE_FIELDS, ALIAS_KEYS, DEPRECATED_KEYS } = types;
  const lists = Object.keys(VISITOR_KEYS).map((type) =>
    [[type], VISITOR_KEYS[type], BUILDER_KEYS[type], ALIAS_KEYS[type], Object.keys(NODE_FIELDS[type])].map((list) =>
      list.join(" "),
    ),
  );
  return `
    const listed = (text) => text === "" ? [] : text.split(" ");
    const [visited, built, aliases] = [exports.VISITOR_KEYS, exports.BUILDER_KEYS, exports.ALIAS_KEYS] = [{}, {}, {}];
    const fields = exports.NODE_FIELDS = {};
    const flipped = exports.FLIPPED_ALIAS_KEYS = {};
    exports.DEPRECATED_KEYS = ${JSON.stringify(DEPRECATED_KEYS)};
    exports.NODE_PARENT_VALIDATIONS = exports.NODE_UNION_SHAPES__PRIVATE = {};
    exports.allExpandedTypes = [];
    for (const line of ${JSON.stringify(lists.map((each) => each.join(",")).join("\n"))}.split("\\n")) {
      const [type, ...keys] = line.split(",");
      let names;
      [visited[type], built[type], aliases[type], names] = keys.map(listed);
      fields[type] = Object.fromEntries(names.map((name) => [name, {}]));
      for (const alias of aliases[type]) (flipped[alias] ??= []).push(type);
    }`;
}

/** A function for each type and alias, which Babel writes out one by one. */
const typeChecks = `
  const { ALIAS_KEYS, FLIPPED_ALIAS_KEYS, TYPES } = require("../../definitions/index.js");
  const { default: shallowEqual } = require("../../utils/shallowEqual.js");
  for (const type of TYPES) {
    const all = ALIAS_KEYS[type] ? undefined : new Set(FLIPPED_ALIAS_KEYS[type]);
    exports["is" + type] = all
      ? (node, opts) => !!node && all.has(node.type) && (opts == null || shallowEqual(node, opts))
      : (node, opts) => !!node && node.type === type && (opts == null || shallowEqual(node, opts));
  }`;

const typeAssertions = `
  const checks = require("../../validators/generated/index.js");
  for (const name of Object.keys(checks)) exports[name.replace("is", "assert")] = (node, opts) => {
    if (!checks[name](node, opts)) throw new Error("Expected " + name.slice(2) + ", got " + node?.type);
  };`;

/** Functions that make nodes, without a check of what they are given. */
function lightBuilders(source) {
  return replaced(source, [
    [/^ {2}const defs = NODE_FIELDS\.\w+;\n/gm, ""],
    [/^ {2}validate\(defs\..*\);\n/gm, ""],
  ]);
}

/** The same plugin transforms decorators, other features of classes, and decorators of earlier kinds. */
const decoratorsAlone = `
  const { default: decorators } = require("@babel/helper-create-class-features-plugin/lib/decorators.js");
  exports.default = (api, { version }) => decorators(api, {}, version);`;

const noChecks = "exports.default = exports.validateInternal = () => {};";

/** What takes the place of files, by the end of their paths: their text, or a function of what they contain. */
const replacements = {
  "@babel/parser/lib/index.js": lightParser,
  "@babel/helper-validator-identifier/lib/identifier.js": lightNames,
  "@babel/types/lib/definitions/utils.js": typeTables,
  "@babel/types/lib/validators/generated/index.js": () => typeChecks,
  "@babel/types/lib/validators/validate.js": () => noChecks,
  "@babel/types/lib/asserts/generated/index.js": () => typeAssertions,
  "@babel/types/lib/builders/generated/lowercase.js": lightBuilders,
  "@babel/types/lib/builders/generated/uppercase.js": () => "",
  "@babel/plugin-proposal-decorators/lib/index.js": () => decoratorsAlone,
  "@babel/helper-create-class-features-plugin/lib/fields.js": (source) => only("privateNameVisitorFactory", source),
  "@babel/helper-create-class-features-plugin/lib/misc.js": (source) => only("memoiseComputedKey", source),
};
for (const part of ["core", "flow", "jsx", "misc", "experimental", "typescript"])
  replacements[`@babel/types/lib/definitions/${part}.js`] = () => "";

function replaced(source, pairs) {
  return pairs.reduce((text, [pattern, by]) => {
    if (text.search(pattern) < 0) throw new Error(`Babel no longer has the expected form: ${pattern}`);
    return text.replaceAll(pattern, by);
  }, source);
}

export const lightBabel = {
  name: "light-babel",
  setup(build) {
    build.onLoad({ filter: /[\\/]node_modules[\\/]@babel[\\/].*\.js$/ }, async ({ path }) => {
      const name = path.replaceAll("\\", "/").replace(/^.*\/node_modules\//, "");
      if (!(name in replacements)) return undefined;
      return { contents: replacements[name](await readFile(path, "utf8")), loader: "js" };
    });
  },
};
