// The finder: the text of a document to the generator functions a person can run as tasks.
// Pure: it imports nothing of the project, no editor and no runtime.

export type { Barrier } from "./barriers";
export { Finder, findGenerators } from "./finder";
export type {
  GeneratorFunction,
  GeneratorKind,
  TextChange,
} from "./generators";
export { type Language, languageOf } from "./languages";
export { type Unreachable, unreachableGenerators } from "./unreachable";
