// Adds the location of evidence to a failure; for tests inside and outside of VS Code.

/** Appends the folder of the evidence to an error's message. */
export function tellOfEvidence(error: Error, folder: string): void {
  const message = `${error.message}\nScreenshots and logs of that moment are in ${folder}`;
  if (error.stack !== undefined) error.stack = error.stack.replace(error.message, () => message);
  error.message = message;
}
