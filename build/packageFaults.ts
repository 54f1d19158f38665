/**
 * The faults of a built package, as sentences that say what to do.
 */
import { files, limits } from "./packaged";

type Sizes = Readonly<Record<keyof typeof limits, number>>;

export interface Packaged {
  /** The names of the archive's files. */
  readonly names: readonly string[];
  readonly kilobytes: Sizes;
}

const measured: Readonly<Record<keyof typeof limits, { readonly what: string; readonly remedy: string }>> = {
  extension: {
    what: "What VS Code loads when it starts the extension",
    remedy: "Load rarely used code at its first use: `later` in esbuild.mjs.",
  },
  session: {
    what: "What every session loads",
    remedy: "Load rarely used code at its first use: `later` in esbuild.mjs.",
  },
  package: { what: "The package", remedy: "Leave out what is not needed at run time." },
};

/** All faults, one sentence each; empty if there are none. */
export function faultsOf({ names, kilobytes }: Packaged): string[] {
  const unlisted = names.filter((name) => !files.includes(name));
  const missing = files.filter((name) => !names.includes(name));
  return [
    ...unlisted.map(
      (name) => `${name} is in the package but not in build/packaged.ts. List it there, or exclude it in .vscodeignore.`,
    ),
    ...missing.map(
      (name) => `${name} is in build/packaged.ts but not in the package. Remove it from the list, or include it in the package.`,
    ),
    ...tooLarge(kilobytes),
  ];
}

function tooLarge(kilobytes: Sizes): string[] {
  const names = Object.keys(limits) as (keyof typeof limits)[];
  return names
    .filter((name) => kilobytes[name] > limits[name])
    .map((name) => {
      const { what, remedy } = measured[name];
      return `${what} takes ${kilobytes[name].toFixed(1)} KB, but the limit is ${limits[name].toFixed(1)} KB. ${remedy}`;
    });
}
