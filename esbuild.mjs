// Builds what ships into dist/: one bundle for each process, and the files that the bundles load at run time.
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { build, context, transform } from "esbuild";
import { bundlesOf } from "./build/bundles.mjs";
import { compilerBundle } from "./build/compilerBundle.mjs";
import { buildCotasks } from "./build/cotasksPackages.mjs";
import { writeIcons } from "./build/icons.mjs";
import { billOf, licencesOf, packagesOf } from "./build/materials.mjs";
import { shortened } from "./build/pythonSources.mjs";

const watch = process.argv.includes("--watch");

/** A build replaces dist/ as a whole, so that a program running from it never finds an incomplete build. */
const outdir = watch ? "dist" : "dist.new";

const node = { platform: "node", format: "cjs", target: "node20" };

/**
 * The entry points are the extension and the command line; both use the session bundle. Activation does not wait for the session or for the
 * finder's grammars, and a session does not wait for features that few sessions use.
 */
const sessions = await bundlesOf({
  root: process.cwd(),
  programs: { extension: "src/extension.ts", cli: "src/cli.ts" },
  later: {
    finder: ["src/finder/index.ts"],
    failures: [
      "src/core/scheduler/pickErrors.ts",
      "src/session/process/startFailure.ts",
      "src/session/process/unbegun.ts",
      "src/session/view/troubles.ts",
    ],
    filePolicies: ["src/session/order/filePolicy.ts", "src/session/order/policyProcess.ts"],
    interpreter: ["src/session/interpreter/runners.ts", "src/session/interpreter/runtime.ts"],
    python: ["src/session/interpreter/python.ts"],
    processes: ["src/session/processes/taskProcesses.ts"],
    orphanedFiles: ["src/session/recording/orphanedFiles.ts"],
    spareRunner: ["src/session/process/spareRunner.ts"],
    schedules: ["src/core/schedule/parser.ts", "src/core/schedule/textError.ts"],
    comparison: [
      "src/session/compare/comparison.ts",
      "src/session/compare/lines.ts",
      "src/session/compare/sessionLines.ts",
      "src/session/setup/setupLines.ts",
      "src/session/branches/branchComparison.ts",
    ],
    exploring: [
      "src/session/explore/orderSearch.ts",
      "src/session/explore/failingOrders.ts",
      "src/session/explore/lane.ts",
      "src/session/explore/exploredText.ts",
      "src/session/explore/liveSearch.ts",
      "src/session/explore/report.ts",
      "src/session/explore/copiedTest.ts",
      "src/session/explore/regressionTest.ts",
      "src/session/explore/merge.ts",
      "src/session/explore/outcomeText.ts",
      "src/session/explore/searchState.ts",
      "src/session/explore/graphView.ts",
      "src/session/explore/opening.ts",
      "src/session/explore/savedSearch.ts",
      "src/core/explore/claim.ts",
      "src/core/explore/strategy.ts",
    ],
    replay: [
      "src/session/common/replayErrors.ts",
      "src/session/replay/replay.ts",
      "src/session/replay/changeSearch.ts",
      "src/session/replay/reexecution.ts",
      "src/session/view/changeNote.ts",
    ],
    looked: ["src/session/seen/taskSeen.ts", "src/session/view/taskDetail.ts"],
    recording: ["src/session/openedRecording.ts", "src/session/recording/save.ts"],
    export: ["src/session/view/export.ts", "src/core/export/jsonl.ts", "src/session/view/scheduleOutcome.ts"],
    timeline: ["src/session/analysis/timeline.ts", "src/session/analysis/divided.ts"],
    setups: ["src/session/setup/setups.ts", "src/session/setup/saving.ts", "src/session/setup/lookup.ts"],
    figures: [
      "src/core/analysis/search.ts",
      "src/session/compare/comparisonTable.ts",
      "src/session/compare/comparisonText.ts",
      "src/session/compare/lineOutcome.ts",
      "src/session/compare/runOutcome.ts",
      "src/session/analysis/statistics.ts",
    ],
  },
  shared: "session",
  // jsonc-parser's main module finds its parts by a `require` that no bundler sees.
  settings: { ...node, outdir, external: ["vscode"], mainFields: ["module", "main"] },
});

/** A bundle for each process. */
const bundles = [
  ...sessions,
  {
    ...node,
    outdir,
    entryPoints: {
      "runner/javascript/main": "src/runner/javascript/main.ts",
      "runner/javascript/watch": "src/runner/javascript/process/watchThread.ts",
    },
    inject: ["src/runner/javascript/process/safeGlobals.ts"],
  },
  { ...node, outdir, ...compilerBundle },
  { ...node, outdir, entryPoints: { "runner/policy/main": "src/runner/policy/main.ts" } },
  {
    platform: "browser",
    format: "iife",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    outdir,
    entryPoints: { "panel/panel": "src/panel/main.tsx" },
  },
  { outdir, entryPoints: { "panel/panel": "media/panel/index.css" } },
].map((bundle) => ({ ...bundle, bundle: true, minify: true, legalComments: "linked", metafile: true, logLevel: "info" }));

const copies = [
  // jiti is a separate file beside the runner, loaded at run time. Its own transformer is not used.
  ["node_modules/jiti/dist/jiti.cjs", "runner/javascript/jiti/dist/jiti.cjs"],
  ["node_modules/jiti/lib/jiti.cjs", "runner/javascript/jiti/lib/jiti.cjs"],
  ["packages/cotasks/javascript", "runner/javascript/cotasks"],
  ["packages/cotasks/README.md", "runner/javascript/cotasks/README.md"],
  ["src/runner/python", "runner/python"],
  ["packages/cotasks/python/cotasks", "runner/python/cotasks"],
];

/** The part of `cotasks` that replays without Yieldpoint is for the user's tests; no session needs it. */
const left = /__pycache__|cotasks[\\/].*[\\/]replay\.(js|d\.ts|pyi?)$/;

/** Writes what the package is made of. */
async function writeMaterials(built) {
  const modules = built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const packages = packagesOf([...modules, ...copies.map(([from]) => from), "node_modules/@vscode/codicons/"]);
  await writeFile(`${outdir}/LICENCES.txt`, await licencesOf(packages));
  await writeFile(`${outdir}/bom.cdx.json`, await billOf(packages));
}

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });
for (const [from, to] of copies) {
  await cp(from, `${outdir}/${to}`, { recursive: true, filter: (path) => !left.test(path) });
}
const jiti = `${outdir}/runner/javascript/jiti/dist/jiti.cjs`;
await writeFile(jiti, (await transform(await readFile(jiti, "utf8"), { minify: true, target: node.target })).code);
for (const name of await readdir(`${outdir}/runner/python/yieldpoint_runner`, { recursive: true })) {
  const path = `${outdir}/runner/python/yieldpoint_runner/${name}`;
  if (name.endsWith(".py")) await writeFile(path, shortened(await readFile(path, "utf8")));
}
await buildCotasks();
if (watch) {
  const contexts = await Promise.all(bundles.map((options) => context(options)));
  await Promise.all(contexts.map((each) => each.rebuild()));
  await writeIcons(`${outdir}/panel`);
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  await writeMaterials(await Promise.all(bundles.map((options) => build(options))));
  await writeIcons(`${outdir}/panel`);
  await rm("dist.old", { recursive: true, force: true });
  await rename("dist", "dist.old").catch(() => undefined); // the first build has no previous one
  await rename(outdir, "dist");
  await rm("dist.old", { recursive: true, force: true });
}
