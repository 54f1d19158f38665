/**
 * The files that give an editor the types of `cotasks`. The module is included in the runners, so its types are not near the user's code.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

export interface TypesFile {
  readonly path: string;
  readonly text: string;
}

export interface TypesPlan {
  readonly files: readonly TypesFile[];
  /** A description of what is written, as the object of a sentence. */
  readonly what: string;
  /** Additional information for the user. */
  readonly note?: string;
  /** A folder that must be added to Pylance's search paths, relative to the workspace folder. */
  readonly extraPath?: string;
}

/** Where the types are needed. */
export interface TypesTarget {
  /** The file that imports the module. */
  readonly file: string;
  /** The workspace folder. */
  readonly folder: string;
  /** The folder of the bundles. */
  readonly dist: string;
}

/**
 * Which files to write. For Python: the package in `typings`, where Pylance and Pyright look for stubs. For JavaScript and TypeScript: a
 * file that declares the module, in the project of the `tsconfig.json`; without a project, a language server finds types only in
 * `node_modules`.
 */
export function planTypes(target: TypesTarget): TypesPlan {
  if (target.file.endsWith(".py")) return pythonPlan(target);
  const project = projectFile(target);
  return project === undefined ? packagePlan(target) : declarationPlan(target, project);
}

function pythonPlan({ folder, dist }: TypesTarget): TypesPlan {
  const extraPath = "typings";
  const files = copied(join(dist, "runner", "python", "cotasks"), join(folder, extraPath, "cotasks"), [
    "__init__.py",
    "__init__.pyi",
    "py.typed",
  ]);
  return { files, what: "typings/cotasks", extraPath };
}

function packagePlan({ folder, dist }: TypesTarget): TypesPlan {
  const names = ["package.json", "index.d.ts", "index.js", "README.md"];
  const files = copied(packageIn(dist), join(folder, "node_modules", "cotasks"), names);
  const note = "There is no tsconfig.json or jsconfig.json. A package manager that does not know the package may remove it.";
  return { files, what: "node_modules/cotasks", note };
}

/** If a project lists its files, the declaration is placed beside the file that needs it, which the project must include. */
function declarationPlan({ file, folder, dist }: TypesTarget, project: string): TypesPlan {
  const saysFiles = /"(include|files|extends)"\s*:/.test(readFileSync(project, "utf8"));
  const path = join(dirname(saysFiles ? file : project), "cotasks.d.ts");
  const types = readFileSync(join(packageIn(dist), "index.d.ts"), "utf8");
  return { files: [{ path, text: moduleDeclaration(types) }], what: relative(folder, path).replaceAll("\\", "/") };
}

function moduleDeclaration(types: string): string {
  const inside = types.replace(/^(export )?declare /gm, "$1").replace(/^(?=.)/gm, "  ");
  return `declare module "cotasks" {\n${inside}}\n`;
}

/** The nearest configuration file above a file, within its workspace folder. */
function projectFile({ file, folder }: TypesTarget): string | undefined {
  for (let at = dirname(file); ; at = dirname(at)) {
    const found = ["tsconfig.json", "jsconfig.json"].map((name) => join(at, name)).find((path) => existsSync(path));
    if (found !== undefined || at === folder || at === dirname(at)) return found;
  }
}

function packageIn(dist: string): string {
  return join(dist, "runner", "javascript", "cotasks");
}

function copied(from: string, to: string, names: readonly string[]): TypesFile[] {
  return names.map((name) => ({ path: join(to, name), text: readFileSync(join(from, name), "utf8") }));
}
