/** What the function that a module is wrapped in calls its parameters, as Node does. */
export const wrapperNames: readonly string[] = ["exports", "module", "require", "__filename", "__dirname"];
