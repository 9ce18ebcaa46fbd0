import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launch, type Browser } from 'puppeteer-core';
import { build, findBrowser } from './browsers';
import { castFromTruth, serviceUnderTest } from './cast';
import { takePicture } from './pictures';
import { startSite, type FixtureSite } from './site';

const DEFAULT_SERVICE = 'http://localhost:8080';

/* A smoke run in real Firefox: the extension installs, a badge appears, its card opens and closes. */

let site: FixtureSite;
let firefox: Browser;
let extension: string;

test.afterEach(async () => {
  await firefox.close();
  await site.close();
  rmSync(extension, { recursive: true });
});

test('Firefox: badge and card', async () => {
  test.setTimeout(300_000);
  const service = serviceUnderTest();
  const { cast, statement } = await castFromTruth(service);
  site = await startSite(cast);
  firefox = await launch({
    browser: 'firefox',
    executablePath: findBrowser('FIREFOX_PATH', ['firefox-esr', 'firefox']),
    headless: true,
    acceptInsecureCerts: true,
    defaultViewport: { width: 760, height: 760 },
    extraPrefsFirefox: {
      // Every name leads to this machine, and https to the fixture site.
      'network.dns.forceResolve': '127.0.0.1',
      'network.socket.forcePort': `443=${site.port}`,
      'extensions.webextOptionalPermissionPrompts': false,
    },
  });
  extension = extensionFor(service);
  await firefox.installExtension(extension);

  const page = await firefox.newPage();
  await page.goto(`https://bsky.app/profile/${cast.handle}`);
  await page.locator('[data-fairfollow] >>> button.badge').hover();
  const said = await page.waitForSelector('[data-fairfollow] >>> .statement');
  expect(await said?.evaluate((element) => element.textContent)).toBe(statement);
  await page.waitForFunction(() => document.getAnimations().length === 0);
  await takePicture('firefox', ({ path }) => page.screenshot({ path: path }));
  await page.keyboard.press('Escape');
  await page.waitForSelector('[data-fairfollow] >>> .card', { hidden: true });
});

/** Firefox lets nothing automate an extension's own pages, so the service is chosen in a copy of the build. */
function extensionFor(service: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'fairfollow-firefox-'));
  cpSync(build('firefox-mv3-e2e'), folder, { recursive: true });
  const background = join(folder, 'background.js');
  writeFileSync(background, readFileSync(background, 'utf8').replaceAll(DEFAULT_SERVICE, service));
  return folder;
}
