import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Two files at once: much of their time is spent waiting, and none measures it. Each has browsers and profiles of its own.
  workers: 2,
  // A browser may stumble over a machine that is busy. What passes the second time only is named at the end.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list'], ['./e2e/closingLine.ts']],
});
