/** The parameters of the function that a module is wrapped in, with the names that Node uses. */
export const wrapperNames: readonly string[] = ["exports", "module", "require", "__filename", "__dirname"];
