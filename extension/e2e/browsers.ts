import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import type { browser } from 'wxt/browser';
import type { PageReport, ToPage } from '../src/messages';
import type { FixtureSite } from './site';

const OUTPUT = join(import.meta.dirname, '../.output');

/** Chromium with the extension in it; names of sites lead to the fixture site, and nothing leaves the machine. */
export interface Chromium {
  context: BrowserContext;
  extension: string;
  close(): Promise<void>;
}

export async function startChromium(
  site: FixtureSite,
  profile?: string,
  language = 'en-GB',
): Promise<Chromium> {
  const extension = build('chrome-mv3-e2e');
  const folder = profile ?? mkdtempSync(join(tmpdir(), 'fairfollow-chromium-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: findBrowser('CHROMIUM_PATH', ['chromium', 'chromium-browser', 'google-chrome']),
    headless: true,
    chromiumSandbox: false,
    ignoreHTTPSErrors: true,
    env: { ...process.env, LANGUAGE: language },
    viewport: { width: 1000, height: 760 },
    args: [
      // One of the two alone loads nothing.
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      `--host-resolver-rules=MAP *:443 127.0.0.1:${site.port}, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1`,
      ...[
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
      '--disable-quic',
      `--lang=${language}`,
      // Playwright's own option comes too late for tabs that open by themselves, and not at all for the background.
      '--ignore-certificate-errors',
    ],
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  return {
    context,
    extension: `chrome-extension://${new URL(worker.url()).host}`,
    close: async () => {
      await context.close();
      if (profile === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A tab in front: one behind another gets no frames, and the extension reads pages once a frame. */
export async function newPage({ context }: Chromium): Promise<Page> {
  const page = await context.newPage();
  await page.bringToFront();
  return page;
}

/** Chooses a service as a user would. */
export async function chooseService({ context, extension }: Chromium, address: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${extension}/options.html`);
  await page.getByLabel('Address of the service').fill(address);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await page.close();
}

export function badgeOn(page: Page, name = 'Follow-churn, Likely: details'): Locator {
  return page.getByRole('button', { name });
}

/** After this the extension has looked up whoever's profile the page shows: it answers in order. */
export async function lookedUp({ context, extension }: Chromium, page: Page): Promise<void> {
  const own = await context.newPage();
  await own.goto(`${extension}/options.html`);
  const wanted = new URL(page.url()).pathname.split('/')[2];
  await expect.poll(() => own.evaluate(lookUpProfile, page.url())).toBe(wanted);
  await own.close();
  await page.bringToFront();
  await page.evaluate(() => new Promise(requestAnimationFrame));
}

/** Runs in an extension page: whose profile the tab shows, after looking that account up once more. */
async function lookUpProfile(url: string): Promise<string | null> {
  const { tabs, runtime } = (globalThis as unknown as { chrome: typeof browser }).chrome;
  const [tab] = await tabs.query({ url });
  const { profile } = await tabs.sendMessage<ToPage, PageReport>(tab?.id ?? -1, { type: 'page' });
  if (profile === null) return null;
  await runtime.sendMessage({ type: 'lookup', accounts: [profile] });
  return profile.handle;
}

export function build(name: string): string {
  const folder = join(OUTPUT, name);
  if (!existsSync(join(folder, 'manifest.json')))
    throw new Error(`${folder} is missing: npm run build:e2e makes it`);
  return folder;
}

export function findBrowser(variable: string, names: string[]): string {
  const given = process.env[variable];
  if (given !== undefined) return given;
  for (const name of names) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch {
      // the next name
    }
  }
  throw new Error(`none of ${names.join(', ')} is installed; set ${variable} to a browser's path`);
}
