/** The parameters of the function that a CommonJS module is wrapped in, with the names that Node uses. */
export const wrapperNames: readonly string[] = ["exports", "require", "module", "__filename", "__dirname"];

/** The names by which compiled code refers to what the runner's own loader passes to it. They are unlikely to occur in user code. */
export const passedNames = {
  exports: "yieldpoint$exports",
  /** Gives the exports as the loader has them. */
  require: "yieldpoint$require",
  /** Gives what `require` gives to a program. */
  required: "yieldpoint$required",
  import: "yieldpoint$import",
  resolve: "yieldpoint$resolve",
  namespace: "yieldpoint$namespace",
  exportAll: "yieldpoint$exportAll",
} as const;
