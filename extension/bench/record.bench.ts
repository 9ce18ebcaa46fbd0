import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '@playwright/test';
import type { browser } from 'wxt/browser';
import { newPage, startChromium } from '../e2e/browsers';
import { keptRecord } from '../e2e/keptRecord';
import { startSite } from '../e2e/site';

const FEW = 3_000;
const MANY = Number(process.env.FOLLOWERS ?? 30_000);

test('the record of many followers', async () => {
  test.setTimeout(1_800_000);
  const site = await startSite({ name: '', handle: '', did: '', organicHandle: '', organicDid: '' });
  const chromium = await startChromium(site);
  const page = await newPage(chromium);
  await page.goto(`${chromium.extension}/record.html`);
  for (const count of [FEW, MANY]) {
    const file = keptRecord('did:plc:rosarosarosarosarosarosa', count);
    const path = join(mkdtempSync(join(tmpdir(), 'fairfollow-bench-')), file.name);
    writeFileSync(path, file.buffer);
    const began = Date.now();
    await page.locator('input[type=file]').setInputFiles(path);
    await page
      .getByText(`Imported: ${count.toLocaleString('en')} followers.`)
      .waitFor({ timeout: 1_500_000 });
    const readIn = Date.now() - began;
    const recall = await page.evaluate(async () => {
      const { runtime } = (globalThis as unknown as { chrome: typeof browser }).chrome;
      const accounts = Array.from({ length: 50 }, (_, number) => ({
        network: 'bluesky',
        handle: `person${number * 31}.example`,
        nativeId: null,
      }));
      const times: number[] = [];
      for (let run = 0; run < 20; run++) {
        const start = performance.now();
        await runtime.sendMessage({ type: 'lookup', accounts });
        times.push(performance.now() - start);
      }
      return times.sort((one, other) => one - other)[10] ?? NaN;
    });
    const opening = Date.now();
    await page.reload();
    await page.getByRole('table').waitFor();
    const opened = Date.now() - opening;
    console.log(
      `| record of ${count} followers: file read in; 50 accounts recalled; page opened | ` +
        `${(readIn / 1000).toFixed(1)} s; ${recall.toFixed(1)} ms; ${(opened / 1000).toFixed(1)} s |`,
    );
  }
  await chromium.close();
  await site.close();
});
