// Builds what ships, into dist/: one bundle for each process, and the files that they load at run time.
import { cp, mkdir, rm } from "node:fs/promises";
import { build, context } from "esbuild";

const watch = process.argv.includes("--watch");

const node = { platform: "node", format: "cjs", target: "node20" };

/** The finder is a bundle of its own, loaded when it is first asked: to activate need not wait for its grammars. */
const finderApart = {
  name: "finder apart",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]finder[\\/]index\.ts$/ }, async ({ path }) => {
      const { metafile } = await build({ entryPoints: [path], outdir: "dist", format: "esm", metafile: true, write: false });
      const names = Object.values(metafile.outputs).flatMap((output) => output.exports);
      const getters = names.map((name) => `get ${name}() { return require("./finder.js").${name}; }`);
      return { contents: `module.exports = { ${getters} };`, loader: "js" };
    });
  },
};

/** A bundle for each place where code runs. */
const bundles = [
  { ...node, entryPoints: { extension: "src/extension.ts" }, external: ["vscode", "./finder.js"], plugins: [finderApart] },
  { ...node, entryPoints: { cli: "src/cli.ts" }, external: ["./finder.js"], plugins: [finderApart] },
  { ...node, entryPoints: { finder: "src/finder/index.ts" } },
  // jiti lies beside the runner and is loaded at run time, since it loads its transformer by a path of its own.
  {
    ...node,
    entryPoints: {
      "runner/javascript/main": "src/runner/javascript/main.ts",
      "runner/javascript/watch": "src/runner/javascript/watch.ts",
    },
    inject: ["src/runner/javascript/keep.ts"],
  },
  {
    platform: "browser",
    format: "iife",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    entryPoints: { "panel/panel": "src/panel/main.tsx" },
  },
].map((bundle) => ({ ...bundle, bundle: true, minify: true, outdir: "dist", legalComments: "linked", logLevel: "info" }));

const copies = [
  ["node_modules/jiti/dist", "dist/runner/javascript/jiti/dist"],
  ["node_modules/jiti/lib/jiti.cjs", "dist/runner/javascript/jiti/lib/jiti.cjs"],
  ["src/runner/python", "dist/runner/python"],
  ["node_modules/jiti/LICENSE", "dist/runner/javascript/jiti/LICENSE"],
  ["node_modules/@vscode/codicons/dist/codicon.css", "dist/panel/codicon.css"],
  ["node_modules/@vscode/codicons/dist/codicon.ttf", "dist/panel/codicon.ttf"],
];

await rm("dist", { recursive: true, force: true });
await mkdir("dist", { recursive: true });
for (const [from, to] of copies) await cp(from, to, { recursive: true, filter: (path) => !path.includes("__pycache__") });
if (watch) await Promise.all(bundles.map(async (options) => (await context(options)).watch()));
else await Promise.all(bundles.map((options) => build(options)));
