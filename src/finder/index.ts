// The finder: finds the generator functions in a document's text that users can run as tasks.
// Pure: it imports nothing else from the project, and depends on no editor or runtime.

export type { Barrier } from "./barriers";
export { type Description, descriptionOf } from "./description";
export { type ExportedName, findNamesIn, type NeededNames, neededNames } from "./exportedNames";
export { Finder, findGenerators } from "./finder";
export { type FunctionCode, functionAt, functionsIn } from "./functions";
export type {
  GeneratorFunction,
  GeneratorKind,
  TextChange,
} from "./generators";
export { type Language, languageOf } from "./languages";
export { type ModuleScope, type ScopeName, scopeOf } from "./scopeNames";
export type { NamedCall, TaskLine } from "./taskLines";
export { namesUsed, type TypedCalls, typedCalls } from "./typedCalls";
export { type Unreachable, unreachableGenerators } from "./unreachable";
export { type Scope, type Variable, Variables } from "./variables";
