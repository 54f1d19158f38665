/**
 * Which tree nodes and page sections the user opened and closed, by path. This state is saved with the page.
 */

/** The maximum number of saved paths; it keeps the saved state small. */
const maxRemembered = 200;

export class OpenState {
  private toggled: Set<string>;

  /**
   * @param remember saves the paths that differ from their default
   * @param toggled the saved paths
   */
  constructor(
    private readonly remember: (toggled: string[]) => void,
    toggled: readonly string[],
  ) {
    this.toggled = new Set(toggled);
  }

  isOpen(path: string, byDefault: "open" | "closed"): boolean {
    return this.toggled.has(path) !== (byDefault === "open");
  }

  /** Opens a closed path, and closes an open one. */
  toggle(path: string): void {
    if (!this.toggled.delete(path)) this.toggled.add(path);
    this.keep();
  }

  /** Forgets which values are open, since they may be different values now; sections stay as they are. */
  forgetValues(): void {
    this.toggled = new Set([...this.toggled].filter((path) => !isOfValue(path)));
    this.keep();
  }

  private keep(): void {
    this.remember([...this.toggled].slice(-maxRemembered));
  }
}

/** Whether a path belongs to the step's value or to a named value. */
function isOfValue(path: string): boolean {
  return path === "value" || path.includes("\n");
}
