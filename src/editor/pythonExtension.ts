/**
 * The interpreter that is selected in the Python extension, where that extension is there. Its public API is used, and
 * nothing depends on it.
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

/** The executable that the Python extension would run a file with; empty when there is none, or no such extension. */
export async function selectedPython(file: string): Promise<string> {
  const extension = extensions.getExtension<PythonApi>("ms-python.python");
  if (!extension) return "";
  const { environments } = await extension.activate();
  if (!environments) return "";
  const environment = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(Uri.file(file)));
  return environment?.executable?.uri?.fsPath ?? "";
}
