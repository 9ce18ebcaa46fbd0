import type { FullResult, Reporter, Suite } from '@playwright/test/reporter';

/** Ends the output with the line continuous integration reads. */
export default class ClosingLine implements Reporter {
  private suite: Suite | null = null;

  onBegin(_: unknown, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(result: FullResult): void {
    const tests = this.suite?.allTests() ?? [];
    const flaky = tests.filter((test) => test.outcome() === 'flaky');
    for (const test of flaky)
      console.log(`FLAKY, passed the second time only: ${test.titlePath().join(' › ')}`);
    const passed = tests.filter((test) => test.outcome() === 'expected').length + flaky.length;
    const skipped = tests.filter(
      (test) => test.outcome() === 'skipped' && test.expectedStatus === 'skipped',
    ).length;
    // A run that broke off has failed, even where no test says so.
    const failed = Math.max(tests.length - passed - skipped, result.status === 'passed' ? 0 : 1);
    console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  }
}
