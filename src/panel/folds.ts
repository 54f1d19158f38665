/**
 * What the user opened and closed, by path: nodes of the tree and sections of the page. It outlives the page.
 */

/** At most so many remembered paths: the state that outlives the page stays small. */
const maxRemembered = 200;

export class Folds {
  private readonly toggled: Set<string>;

  /**
   * @param remember takes the paths that do not stand as they do at first, to be kept for the next time
   * @param toggled those paths, as they were kept
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

  /** Opens what is closed and closes what is open. */
  toggle(path: string): void {
    if (!this.toggled.delete(path)) this.toggled.add(path);
    this.remember([...this.toggled].slice(-maxRemembered));
  }
}
