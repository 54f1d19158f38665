/**
 * Asks for the framework of a copied test.
 */
import type { Framework } from "../../session/explore/regressionTest";
import { askOne } from "./ask";

const choices: readonly { readonly label: string; readonly framework: Framework }[] = [
  { label: "node:test", framework: "node" },
  { label: "mocha", framework: "mocha" },
  { label: "vitest", framework: "vitest" },
];

/** The framework for a program; undefined if the user cancels. For Python there is only one. */
export async function askFramework(file: string): Promise<Framework | undefined> {
  if (/\.py$/i.test(file)) return "pytest";
  const chosen = await askOne(choices, { title: "Copy as Test", placeHolder: "The framework of the test" });
  return chosen?.framework;
}
