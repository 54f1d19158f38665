// The operating system packages that a served VS Code needs: found, or installed with apt if we are root on Debian, or named in an error.
import { existsSync } from "node:fs";
import path from "node:path";
import { MissingPackagesError } from "./errors";
import { cache, run, say, which } from "./run";

/** A Debian package, and a check whether its content is installed by any means. */
export interface SystemPackage {
  name: string;
  isPresent(): boolean;
}

/** What building code-server's native modules needs. */
export const buildPackages: readonly SystemPackage[] = [
  {
    name: "libkrb5-dev",
    isPresent: () => process.platform !== "linux" || existsSync("/usr/include/gssapi/gssapi.h"),
  },
  { name: "python3", isPresent: () => which("python3") !== undefined },
  { name: "make", isPresent: () => which("make") !== undefined },
  {
    name: "g++",
    isPresent: () => (which("g++") ?? which("c++")) !== undefined,
  },
];

/**
 * Makes sure that the packages are installed.
 * @throws MissingPackagesError if we may not install them, or apt fails to
 */
export async function ensurePackages(packages: readonly SystemPackage[]): Promise<void> {
  const missing = packages.filter((one) => !one.isPresent());
  if (missing.length === 0) {
    return;
  }
  const names = missing.map((one) => one.name);
  if (process.getuid?.() !== 0 || which("apt-get") === undefined) {
    throw new MissingPackagesError(names);
  }
  say(`Installing Debian packages: ${names.join(", ")}`);
  await apt("update", ["update"]);
  await apt("install", ["install", "-y", "--no-install-recommends", ...names]);
  if (missing.some((one) => !one.isPresent())) {
    throw new MissingPackagesError(names);
  }
}

function apt(step: string, args: readonly string[]): Promise<void> {
  return run("apt-get", args, {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    log: path.join(cache, "logs", `apt-${step}.log`),
  });
}
