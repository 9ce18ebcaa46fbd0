import { defineConfig } from '@playwright/test';

/* Not tests: figures depend on the machine. `../../bench/extension` runs them. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.bench.ts',
  outputDir: '../test-results/bench',
  workers: 1,
  timeout: 300_000,
  reporter: 'line',
});
