/**
 * Which functions' tasks have lanes for what they delegate to: kept with the workspace, per file, for sessions and recordings.
 */
import * as v from "valibot";
import type { ExtensionContext } from "vscode";

const key = "yieldpoint.lanesBelow";

/** The maximum number of files that are remembered, and of functions of each. */
const mostFiles = 100;
const mostFunctions = 1_000;

const Kept = v.array(v.object({ file: v.string(), functions: v.array(v.string()) }));

type Context = Pick<ExtensionContext, "workspaceState">;

function kept({ workspaceState }: Context): v.InferOutput<typeof Kept> {
  const read = v.safeParse(Kept, workspaceState.get(key));
  return read.success ? read.output : [];
}

/** The names of the functions of a file. */
export function lanesBelow(context: Context, file: string): readonly string[] {
  return kept(context).find((each) => each.file === file)?.functions ?? [];
}

/** Gives the tasks of a function such lanes, or none. */
export async function showLanesBelow(context: Context, file: string, name: string, isShown: boolean): Promise<void> {
  const others = lanesBelow(context, file).filter((each) => each !== name);
  const functions = isShown ? [...others.slice(1 - mostFunctions), name] : others;
  const files = kept(context).filter((each) => each.file !== file);
  await context.workspaceState.update(key, [
    ...files.slice(1 - mostFiles),
    ...(functions.length > 0 ? [{ file, functions }] : []),
  ]);
}
