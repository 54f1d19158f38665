/**
 * Divides a program's modules among bundles that run in one process. Every module is in exactly one bundle, so that a class exists only
 * once: a module that one bundle alone needs is in that bundle, and a module that several need is in the shared one. A bundle loads another
 * one when a name from it is first used, so the kind of import does not determine when a module is loaded.
 */
import { relative, sep } from "node:path";
import { build } from "esbuild";

/**
 * Modules are identified by their paths from the root, with slashes.
 *
 * @param {object} options
 * @param {string} options.root the folder of the project
 * @param {Record<string, string>} options.programs the bundles that are started, each by its entry
 * @param {Record<string, string[]>} options.later the bundles that are loaded at their first use, each by its modules
 * @param {string} options.shared the bundle of modules that several others need, also loaded at its first use
 * @param {import("esbuild").BuildOptions} options.settings common to all bundles
 * @returns {Promise<import("esbuild").BuildOptions[]>} one for each bundle
 */
export async function bundlesOf({ root, programs, later, shared, settings }) {
  const started = Object.entries(programs).map(([bundle, entry]) => [bundle, [entry]]);
  const entries = [...started, ...Object.entries(later)];
  const common = { ...settings, absWorkingDir: root };
  const imports = await importsFrom(
    entries.flatMap(([, modules]) => modules),
    common,
  );
  const owners = ownersOf(imports, entries, shared);
  const names = await namesOf(importedByOthers(imports, owners), common);
  // Short, since they are in every bundle that exports or uses the module.
  const keys = new Map([...names.keys()].map((module, index) => [module, `m${index.toString(36)}`]));
  const owned = (bundle) => [...names.keys()].filter((module) => owners.get(module) === bundle);
  const programOf = ([bundle, [entry]]) => ({ outdir: settings.outdir, entryPoints: { [bundle]: entry } });
  const libraryOf = (bundle) => ({
    outfile: `${settings.outdir}/${bundle}.js`,
    stdin: { contents: textOf(owned(bundle), keys), resolveDir: root },
  });
  const { outdir: _, ...rest } = common;
  const withOthers = (bundle, options) => ({
    ...rest,
    ...options,
    plugins: [otherBundles({ root, bundle, owners, names, keys })],
  });
  return [
    ...started.map((one) => withOthers(one[0], programOf(one))),
    ...[...Object.keys(later), shared].map((bundle) => withOthers(bundle, libraryOf(bundle))),
  ];
}

/** The imports of every module reachable from the entry points. Packages are left out: each bundle that uses one contains it. */
async function importsFrom(entryPoints, settings) {
  const { metafile } = await analysis(entryPoints, settings);
  const isOwn = (path) => !path.includes("node_modules/");
  const modules = Object.entries(metafile.inputs).filter(([module]) => isOwn(module));
  const known = new Set(modules.map(([module]) => module));
  return new Map(
    modules.map(([module, { imports }]) => [module, imports.map(({ path }) => path).filter((path) => known.has(path))]),
  );
}

/** Assigns every module to a bundle. */
function ownersOf(imports, entries, shared) {
  const owners = new Map(entries.flatMap(([bundle, modules]) => modules.map((module) => [module, bundle])));
  const isEntry = new Set(owners.keys());
  for (const [bundle, modules] of entries) {
    const reached = new Set(modules);
    for (const module of reached) {
      for (const other of imports.get(module) ?? []) if (!isEntry.has(other)) reached.add(other);
    }
    for (const module of reached) owners.set(module, (owners.get(module) ?? bundle) === bundle ? bundle : shared);
  }
  return owners;
}

/** The modules that other bundles import. */
function importedByOthers(imports, owners) {
  const asked = [...imports].flatMap(([module, others]) => others.filter((other) => owners.get(other) !== owners.get(module)));
  return [...new Set(asked)].sort();
}

/** The names exported by each module. */
async function namesOf(modules, settings) {
  if (modules.length === 0) return new Map();
  const { metafile } = await analysis(modules, settings);
  const outputs = Object.values(metafile.outputs).filter(({ entryPoint }) => entryPoint !== undefined);
  return new Map(outputs.map(({ entryPoint, exports }) => [entryPoint, exports]));
}

function analysis(entryPoints, { absWorkingDir, platform, target, external }) {
  const how = { bundle: true, format: "esm", splitting: true, metafile: true, write: false, outdir: "analysed", outbase: "." };
  return build({ ...how, absWorkingDir, platform, target, external, entryPoints });
}

/** The source of a module that exports whole modules, each by its key. */
function textOf(modules, keys) {
  return modules.map((module) => `export * as ${keys.get(module)} from "./${module}";`).join("\n");
}

/** Replaces every module of another bundle with code that loads that bundle at the first use. */
function otherBundles({ root, bundle, owners, names, keys }) {
  return {
    name: "other bundles",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^bundle:/ }, ({ path }) => ({ path: `./${path.slice("bundle:".length)}.js`, external: true }));
      onResolve({ filter: /^lazily$/ }, () => ({ path: "lazily", namespace: "lazily" }));
      onLoad({ filter: /./, namespace: "lazily" }, () => ({ contents: lazily, loader: "js" }));
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const module = relative(root, path).split(sep).join("/");
        const owner = owners.get(module) ?? bundle;
        if (owner === bundle) return undefined;
        const load = `() => require("bundle:${owner}").${keys.get(module)}`;
        return { contents: `module.exports = require("lazily")(${load}, ${JSON.stringify(names.get(module))});`, loader: "js" };
      });
    },
  };
}

const lazily = `
module.exports = (load, names) => {
  let module;
  const get = (name) => (module ??= load())[name];
  return Object.defineProperties({}, Object.fromEntries(names.map((name) => [name, { enumerable: true, get: () => get(name) }])));
};`;
