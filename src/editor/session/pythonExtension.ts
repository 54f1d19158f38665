/**
 * The interpreter selected in the Python extension, if that is installed. Only its public API is used, and nothing depends on it.
 */
import { extensions, Uri } from "vscode";

/** The part of the API of `ms-python.python` that is used here. */
interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: Uri): { readonly path: string };
    resolveEnvironment(environment: {
      readonly path: string;
    }): Promise<{ readonly executable?: { readonly uri?: Uri } } | undefined>;
  };
}

/** An extension with that API, as VS Code returns it. */
export interface PythonExtension {
  activate(): Thenable<PythonApi>;
}

/**
 * The executable with which the Python extension would run a file. Empty if none is selected or the extension fails; then the setting
 * applies.
 *
 * @param extension the Python extension; undefined if it is not installed
 */
export async function selectedPython(
  file: string,
  extension: PythonExtension | undefined = extensions.getExtension<PythonApi>("ms-python.python"),
): Promise<string> {
  try {
    const { environments } = (await extension?.activate()) ?? {};
    const active = environments?.getActiveEnvironmentPath(Uri.file(file));
    const environment = active && (await environments?.resolveEnvironment(active));
    return environment?.executable?.uri?.fsPath ?? "";
  } catch {
    return "";
  }
}
