/**
 * What the package is made of: the packages whose code or font is in it, with a bill of materials in CycloneDX's form, and their licences.
 * https://cyclonedx.org/docs/1.6/json/
 */
import { readdir, readFile } from "node:fs/promises";

const manifestOf = async (folder) => JSON.parse(await readFile(`${folder}/package.json`, "utf8"));

/**
 * The folders of the packages that files belong to.
 *
 * @param {readonly string[]} files paths that begin with `node_modules/` if they belong to a package; others are left out
 * @returns {string[]} sorted, each once
 */
export function packagesOf(files) {
  const folders = files.map((file) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  return [...new Set(folders.filter(Boolean))].sort();
}

/** The bill of materials of this extension, as JSON. @param {readonly string[]} folders of packages */
export async function billOf(folders) {
  const [own, ...packages] = await Promise.all([".", ...folders].map(manifestOf));
  const components = packages.map(({ name, version, license }) => ({
    type: "library",
    name,
    version,
    purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
    licenses: [{ expression: license }],
  }));
  const component = { type: "application", name: own.name, version: own.version };
  return JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1, metadata: { component }, components });
}

/**
 * The texts of the packages' licences.
 *
 * @param {readonly string[]} folders of packages
 * @throws if one has none
 */
export async function licencesOf(folders) {
  const texts = folders.map(async (folder) => {
    const { name, version } = await manifestOf(folder);
    const files = (await readdir(folder)).filter((file) => /^licen[cs]e/i.test(file));
    if (files.length === 0) throw new Error(`${name} ships without a licence.`);
    const parts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, "utf8")));
    return [`${name} ${version}\n`, ...parts].join("\n");
  });
  return (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`);
}
