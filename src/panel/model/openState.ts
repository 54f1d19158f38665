/**
 * What the user opened and closed, by path: tree nodes and sections of the page. It outlives the page.
 */

/** At most so many remembered paths: the state that outlives the page stays small. */
const maxRemembered = 200;

export class OpenState {
  private toggled: Set<string>;

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
    this.keep();
  }

  /** Forgets the values that were opened, which may be other ones by now; sections stay as they are. */
  forgetValues(): void {
    this.toggled = new Set([...this.toggled].filter((path) => !isOfValue(path)));
    this.keep();
  }

  private keep(): void {
    this.remember([...this.toggled].slice(-maxRemembered));
  }
}

/** The step's value, or one that has a name. */
function isOfValue(path: string): boolean {
  return path === "value" || path.includes("\n");
}
