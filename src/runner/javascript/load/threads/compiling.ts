/** Compiles the files of a program whose tasks are threads. */

import type { Hooks } from "../../compiler";
import type { NodePath } from "../babel";
import { CompiledModules } from "../compiledModules";
import { instrument } from "../instrument";
import type { PointTable } from "../pointMarks";
import { transformFile } from "../transform";
import { type Atomic, AtomicCode } from "./marking";
import { type Granularity, SwitchPoints } from "./points";
import { keepSources } from "./sources";
import { wrapFunctions } from "./wrapping";

/** @param atomic takes what runs atomically, file by file */
export function threadModules(points: PointTable, granularity: Granularity, atomic: Atomic[]): CompiledModules {
  return new CompiledModules(points, (file, source, table, awaits) =>
    transformFile(file, source, table, awaits, (name, at, findings) =>
      threadHooks(source, granularity, atomic, name, at, findings),
    ),
  );
}

/** The changes to a file's tree. @param source its text */
export function threadHooks(
  source: string,
  granularity: Granularity,
  atomic: Atomic[],
  ...[file, points, findings]: Parameters<typeof instrument>
): Hooks {
  keepSources();
  const code = new AtomicCode(file, source);
  const switched = new Set<number>();
  const isTask = (found: NodePath) => {
    if (code.isSwitched(found)) switched.add(findings.functions.length);
    return true;
  };
  const hooks = instrument(file, points, findings, { isTask });
  return {
    ...hooks,
    parsed(program, text) {
      (program as unknown as NodePath).traverse({
        StaticBlock: (found) => code.add(found, "a static block"),
        ClassProperty: (found) => addField(found, code),
        ClassPrivateProperty: (found) => addField(found, code),
      });
      hooks.parsed(program, text);
      atomic.push(...code.all);
    },
    lowered(program) {
      const switches = new SwitchPoints(file, source, points, granularity);
      wrapFunctions(program as unknown as NodePath, findings.functions, switched, switches);
    },
  };
}

/** What a field is given is of interest if it does something. */
function addField(path: NodePath, code: AtomicCode): void {
  const value = path.node.value as { type: string } | null;
  if (value && !/Literal$|Function|^(?:Identifier|ArrayExpression|ObjectExpression)/.test(value.type)) code.add(path, "a field");
}
