// Makes the packages for npm and PyPI in out/cotasks: the sources, with the engine that serves requests in a replay.
import { cp, mkdir, rm } from "node:fs/promises";
import { build } from "esbuild";

const outdir = "out/cotasks";

/** Makes both packages. The JavaScript one has the engine of `src/core/waiting` as a bundle; the Python one has the port of it. */
export async function buildCotasks() {
  const filter = (path) => !path.includes("__pycache__");
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  for (const language of ["javascript", "python"]) {
    await cp(`packages/cotasks/${language}`, `${outdir}/${language}`, { recursive: true, filter });
    await cp("packages/cotasks/README.md", `${outdir}/${language}/README.md`);
    await cp("LICENSE", `${outdir}/${language}/LICENSE`);
  }
  await cp("src/runner/python/yieldpoint_runner/waiting", `${outdir}/python/cotasks/_waiting`, { recursive: true, filter });
  await build({
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node18",
    outfile: `${outdir}/javascript/engine.js`,
    entryPoints: ["src/core/waiting/engine.ts"],
  });
}
