/**
 * What stands for the program's main module. The user's file is loaded for its functions, so it is not the main module itself: code that
 * is only for the case that Node runs the file must not run. Such code compares the file with `require.main` or `process.argv[1]`, or looks
 * whether another module requires it.
 */
import { Module } from "node:module";
import { dirname, extname } from "node:path";

/**
 * Must be called before the program is loaded.
 *
 * @returns the module, in the folder of the program and with its name, but without the extension, as in `node program`
 */
export function beMain(file: string): Module {
  const name = file.slice(0, file.length - extname(file).length);
  const main = Object.assign(new Module("."), { filename: name, path: dirname(file), paths: pathsFrom(file), loaded: true });
  process.argv.splice(1, process.argv.length, name);
  process.mainModule = main;
  return main;
}

/**
 * Makes the file the main program, as Node does when it runs the file. Must be called before the program is loaded.
 *
 * @param isLinked whether it is an ES module, which Node does not count among the others
 * @returns the module that the file is to be loaded as
 */
export function beProgram(file: string, given: readonly string[], isLinked: boolean): Module {
  const main = Object.assign(new Module(".", null as unknown as Module), {
    filename: file,
    path: dirname(file),
    paths: pathsFrom(file),
  });
  process.argv.splice(1, process.argv.length, file, ...given);
  process.mainModule = isLinked ? undefined : main;
  if (!isLinked) (Module as unknown as { _cache: Record<string, Module> })._cache[file] = main;
  return main;
}

/** The folders in which Node looks for packages. */
export function pathsFrom(file: string): string[] {
  return (Module as unknown as { _nodeModulePaths(from: string): string[] })._nodeModulePaths(dirname(file));
}
