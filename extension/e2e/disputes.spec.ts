import { createServer, type Server } from 'node:http';
import AxeBuilder from '@axe-core/playwright';
import { chromium, expect, test, type Browser, type Page } from '@playwright/test';
import { findBrowser } from './browsers';
import { castFromTruth, serviceUnderTest } from './cast';
import { takePicture } from './pictures';

/*
 * An owner's way through the service's pages: from the badge's link to the proof, and what others see then. The network is a
 * server of our own, for which the service was started with FAIRFOLLOW_BLUESKY_API_URL=http://localhost:$FAIRFOLLOW_PROFILES_PORT.
 */

const WORDS =
  'I came back after a year away and tidied up the accounts I followed, once. The days the numbers are from are those two weeks.';

let service: string;
let did: string;
let handle: string;
let network: Server;
let browser: Browser;
/** What the account's profile says now. */
let description = '';

test.beforeAll(async () => {
  test.setTimeout(300_000);
  service = serviceUnderTest();
  const { cast } = await castFromTruth(service, 'disputes');
  did = cast.did;
  handle = cast.handle;
  network = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://localhost').searchParams.get('actor');
    response.setHeader('Content-Type', 'application/json');
    response.statusCode = asked === did ? 200 : 400;
    response.end(JSON.stringify(asked === did ? { did, handle, description } : { error: 'InvalidRequest' }));
  }).listen(Number(process.env.FAIRFOLLOW_PROFILES_PORT), 'localhost');
  browser = await chromium.launch({
    executablePath: findBrowser('CHROMIUM_PATH', ['chromium', 'chromium-browser', 'google-chrome']),
    chromiumSandbox: false,
  });
});

test.afterAll(async () => {
  await browser.close();
  network.close();
});

test('an owner answers, proves control, and everybody reads the words', async () => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 1000, height: 1240 },
  });
  const page = await context.newPage();
  await page.goto(`${service}/accounts/bluesky/${handle}`);
  await page.getByRole('link', { name: /^Answer it/ }).click();
  await expect(page.getByRole('heading', { name: /^What is held against/ })).toBeVisible();
  await expect(page.getByLabel('Follow-churn')).toBeChecked();
  await page.getByRole('textbox', { name: 'Your words' }).fill(WORDS);
  await picture(page, 'dispute-start');
  await page.getByRole('button', { name: 'Go on to the proof' }).click();

  const code = (await page.locator('code.secret', { hasText: 'fairfollow-' }).textContent()) ?? '';
  await expect(page.locator('code.secret', { hasText: 'ffd_' })).toHaveCount(1);
  await page.setViewportSize({ width: 1000, height: 760 });
  await picture(page, 'dispute-code');

  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByRole('alert')).toContainText('does not stand in the profile yet');
  description = `Growing since 2019. ${code}`;
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByRole('heading', { name: 'Proven: your answer stands' })).toBeVisible();
  await picture(page, 'dispute-proven');
  await page.getByRole('link', { name: 'The whole history' }).click();
  await expect(page.getByText('contested')).toHaveCount(1);

  // The page is served from the snapshot, which follows the rulings with a delay; promised is a minute.
  await expect(async () => {
    await page.goto(`${service}/accounts/bluesky/${handle}`);
    await expect(page.getByText(WORDS)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture(page, 'dispute-rebuttal');
  await context.close();
});

test('the pages are for everybody: nothing found by axe, and no page wider than a small phone', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 320, height: 700 } });
    const page = await context.newPage();
    for (const path of ['/disputes', `/disputes/about/bluesky/${handle}`]) {
      await page.goto(service + path);
      expect((await new AxeBuilder({ page }).exclude('.invented').analyze()).violations).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    }
    await context.close();
  }
});

/** In the theme that is on, named after it. */
async function picture(page: Page, name: string): Promise<void> {
  const theme = name.endsWith('rebuttal') ? 'dark' : 'light';
  await takePicture(`${name}-${theme}`, (options) => page.screenshot(options));
}
