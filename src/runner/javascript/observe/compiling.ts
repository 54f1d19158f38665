/** Compiles the files of an observed program: its generators tell when they begin. */
import { CompiledModules } from "../load/compiledModules";
import { instrument } from "../load/instrument";
import type { PointTable } from "../load/pointMarks";
import { transformFile } from "../load/transform";

export function observedModules(points: PointTable): CompiledModules {
  return new CompiledModules(points, (file, source, table, awaits) =>
    transformFile(file, source, table, awaits, (name, at, findings) => instrument(name, at, findings, { isObserved: true })),
  );
}
