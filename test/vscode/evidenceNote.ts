// What a failure says of what was kept of it; for tests inside and outside of VS Code.

/** Lets an error say where that is which was to be seen when it came. */
export function tellOfEvidence(error: Error, folder: string): void {
  const message = `${error.message}\nWhat was to be seen then is in ${folder}`;
  if (error.stack !== undefined) error.stack = error.stack.replace(error.message, () => message);
  error.message = message;
}
