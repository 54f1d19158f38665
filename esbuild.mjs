// Builds what ships, into dist/: one bundle for each process, and the files that they load at run time.
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { build, context } from "esbuild";

const watch = process.argv.includes("--watch");

/** A build is put in place as a whole, so that what runs from dist/ meanwhile never finds half of it. */
const outdir = watch ? "dist" : "dist.new";

const node = { platform: "node", format: "cjs", target: "node20" };

/**
 * Modules that are bundles of their own, loaded when they are first asked: to activate need not wait for the finder's grammars,
 * nor for what is needed when a trace is exported, counted or searched. What they throw must be no class of the project's, which would be
 * another one.
 */
const apart = { finder: "src/finder/index.ts", export: "src/session/export.ts", figures: "src/session/figures.ts" };

const loadedLater = {
  name: "loaded later",
  setup({ onLoad }) {
    for (const [bundle, entry] of Object.entries(apart)) {
      const filter = new RegExp(`[\\\\/]${entry.replaceAll("/", "[\\\\/]").replace(".", "\\.")}$`);
      onLoad({ filter }, async ({ path }) => {
        const { metafile } = await build({
          entryPoints: [path],
          outdir,
          bundle: true,
          ...node,
          format: "esm",
          metafile: true,
          write: false,
        });
        const names = Object.values(metafile.outputs).flatMap((output) => output.exports);
        const getters = names.map((name) => `get ${name}() { return require("./${bundle}.js").${name}; }`);
        return { contents: `module.exports = { ${getters} };`, loader: "js" };
      });
    }
  },
};

const external = ["vscode", ...Object.keys(apart).map((bundle) => `./${bundle}.js`)];

/** A bundle for each place where code runs. */
const bundles = [
  { ...node, entryPoints: { extension: "src/extension.ts" }, external, plugins: [loadedLater] },
  { ...node, entryPoints: { cli: "src/cli.ts" }, external, plugins: [loadedLater] },
  { ...node, entryPoints: apart },
  // jiti lies beside the runner and is loaded at run time, since it loads its transformer by a path of its own.
  {
    ...node,
    entryPoints: {
      "runner/javascript/main": "src/runner/javascript/main.ts",
      "runner/javascript/watch": "src/runner/javascript/watch.ts",
    },
    inject: ["src/runner/javascript/keep.ts"],
  },
  { ...node, entryPoints: { "runner/policy/main": "src/runner/policy/main.ts" } },
  {
    platform: "browser",
    format: "iife",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    entryPoints: { "panel/panel": "src/panel/main.tsx" },
  },
].map((bundle) => ({ ...bundle, bundle: true, minify: true, outdir, legalComments: "linked", metafile: true, logLevel: "info" }));

const copies = [
  ["node_modules/jiti/dist", "runner/javascript/jiti/dist"],
  ["node_modules/jiti/lib/jiti.cjs", "runner/javascript/jiti/lib/jiti.cjs"],
  ["src/runner/python", "runner/python"],
  ["node_modules/@vscode/codicons/dist/codicon.css", "panel/codicon.css"],
  ["node_modules/@vscode/codicons/dist/codicon.ttf", "panel/codicon.ttf"],
];

/** The licences of the packages whose code or font ships, in one file. */
async function writeLicences(built) {
  const inputs = [...built.flatMap(({ metafile }) => Object.keys(metafile.inputs)), ...copies.map(([from]) => from)];
  const packages = inputs.map((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1]).filter(Boolean);
  const texts = [...new Set(packages)].sort().map(async (name) => {
    const files = (await readdir(`node_modules/${name}`)).filter((file) => /^licen[cs]e/i.test(file));
    if (files.length === 0) throw new Error(`${name} ships without a licence.`);
    const parts = await Promise.all(files.map((file) => readFile(`node_modules/${name}/${file}`, "utf8")));
    return [`${name}\n`, ...parts].join("\n");
  });
  await writeFile(`${outdir}/LICENCES.txt`, (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`));
}

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });
for (const [from, to] of copies) {
  await cp(from, `${outdir}/${to}`, { recursive: true, filter: (path) => !path.includes("__pycache__") });
}
if (watch) await Promise.all(bundles.map(async (options) => (await context(options)).watch()));
else {
  await writeLicences(await Promise.all(bundles.map((options) => build(options))));
  await rm("dist.old", { recursive: true, force: true });
  await rename("dist", "dist.old").catch(() => undefined); // the first build has none before it
  await rename(outdir, "dist");
  await rm("dist.old", { recursive: true, force: true });
}
