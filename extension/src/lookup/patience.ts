const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 30 * 60_000;

/** How long to leave a service alone that failed: twice as long after each failure, with jitter. */
export class Patience {
  private failures = 0;
  private notBefore = 0;

  constructor(
    private readonly now: () => number,
    private readonly random: () => number,
  ) {}

  get exhausted(): boolean {
    // A clock that was set back must not silence us for longer than the longest pause.
    const wait = this.notBefore - this.now();
    return wait > 0 && wait <= LONGEST_PAUSE;
  }

  failed(): void {
    const pause = Math.min(FIRST_PAUSE * 2 ** this.failures++, LONGEST_PAUSE);
    // Jitter, so that everybody's extension does not come back in the same second.
    this.notBefore = this.now() + pause * (0.5 + this.random() / 2);
  }

  succeeded(): void {
    this.failures = 0;
    this.notBefore = 0;
  }
}
