// How the compiler's bundle is built. It leaves out what Babel's packages load but never use here: loading that would take longer than
// compiling a small file.
import { readFile } from "node:fs/promises";
import { lightBabel } from "./lightBabel.mjs";

/** Stubs for packages that are needed only for terminal messages, other source maps or version checks. */
const standIns = {
  "@babel/code-frame": 'exports.codeFrameColumns = () => "";',
  "@jridgewell/trace-mapping": "",
  assert: "module.exports = (value, message) => { if (!value) throw new Error(message); };",
  debug: "module.exports = () => Object.assign(() => {}, { enabled: false });",
  semver: "exports.lt = () => false;",
};

const lightPackages = {
  name: "light-packages",
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path }) => (path in standIns ? { path, namespace: "stand-in" } : undefined));
    build.onLoad({ filter: /.*/, namespace: "stand-in" }, ({ path }) => ({ contents: standIns[path], loader: "js" }));
  },
};

/** A namespace import copies a package's exports, getter by getter, into every file that has one. */
const importedNamespace = /^import \* as (\w+) from "(@babel\/[^"]+)";$/gm;

/** Each of the 1,500 exports of `@babel/types` is a getter that forwards to another one. */
const reexportedGetter =
  /Object\.defineProperty\(exports, key, \{\s*enumerable: true,\s*get: function \(\) \{\s*return (\w+)\[key\];\s*\}\s*\}\);/g;

const plainExports = {
  name: "plain-exports",
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/]runner[\\/]javascript[\\/]compiler[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      return { contents: source.replace(importedNamespace, 'const $1 = require("$2");'), loader: "ts" };
    });
    build.onLoad({ filter: /[\\/]@babel[\\/]types[\\/]lib[\\/]index\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = source.replace(reexportedGetter, "exports[key] = $1[key];");
      if (contents === source) throw new Error(`${path} no longer exports its names in the expected form.`);
      return { contents, loader: "js" };
    });
  },
};

/** The settings of this bundle, in addition to those of all bundles. */
export const compilerBundle = {
  entryPoints: { "runner/javascript/compiler": "src/runner/javascript/compiler/index.ts" },
  // Babel's plugins need little of @babel/core, most of which handles configuration.
  alias: {
    "@babel/core": "./src/runner/javascript/compiler/babel/core.ts",
    "@jridgewell/gen-mapping": "./src/runner/javascript/compiler/babel/genMapping.ts",
  },
  plugins: [lightPackages, plainExports, lightBabel],
};
