/**
 * What is wrong with a package, in sentences that say what to do.
 */
import { files, limits } from "./packaged";

type Sizes = Readonly<Record<keyof typeof limits, number>>;

export interface Packaged {
  /** The files of the archive. */
  readonly names: readonly string[];
  readonly kilobytes: Sizes;
}

const measured: Readonly<Record<keyof typeof limits, { readonly what: string; readonly remedy: string }>> = {
  extension: {
    what: "What VS Code loads when it starts the extension",
    remedy: "Let what is seldom used be loaded when it is used: `later` in esbuild.mjs.",
  },
  session: {
    what: "What every session loads",
    remedy: "Let what is seldom used be loaded when it is used: `later` in esbuild.mjs.",
  },
  package: { what: "The package", remedy: "Leave out what nobody needs at run time." },
};

/** Everything that is wrong, a sentence each; nothing when all is well. */
export function faultsOf({ names, kilobytes }: Packaged): string[] {
  const unlisted = names.filter((name) => !files.includes(name));
  const missing = files.filter((name) => !names.includes(name));
  return [
    ...unlisted.map(
      (name) => `${name} is in the package and not in build/packaged.ts. List it there, or leave it out by .vscodeignore.`,
    ),
    ...missing.map(
      (name) => `${name} is in build/packaged.ts and not in the package. Take it off the list, or let it be packaged.`,
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
      return `${what} takes ${kilobytes[name].toFixed(1)} KB, and may take ${limits[name].toFixed(1)} KB. ${remedy}`;
    });
}
