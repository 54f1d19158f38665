/**
 * What Node adds to the error of an ES module that uses a name which only CommonJS modules have.
 */
import { packageAround } from "../compiler/packageType";

const unknown = /^(?:require|module|exports|__filename|__dirname) is not defined$/;

/**
 * Changes the message of such an error, as Node does, once the main module has failed by it.
 *
 * @param file the main module
 */
export function explainCommonJsName(error: unknown, file: string): void {
  const thrown = error as { readonly name?: unknown; message?: unknown } | null | undefined;
  if (thrown?.name !== "ReferenceError" || typeof thrown.message !== "string" || !unknown.test(thrown.message)) return;
  const instead = thrown.message.startsWith("require ") ? ", you can use import instead" : "";
  const around = file.endsWith(".js") ? packageAround(file) : undefined;
  const why =
    around?.type === "module"
      ? "\nThis file is being treated as an ES module because it has a '.js' file extension and " +
        `'${around.file}' contains "type": "module". To treat it as a CommonJS script, rename it to use the '.cjs' file extension.`
      : "";
  thrown.message += ` in ES module scope${instead}${why}`;
}
