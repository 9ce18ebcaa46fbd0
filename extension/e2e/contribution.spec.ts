import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import type { browser } from 'wxt/browser';
import type { PageRequest } from '../src/messages';
import type { ProfileFacts } from '../src/sites/site';
import { newPage, startChromium, type Chromium } from './browsers';
import { takePicture } from './pictures';
import { startSite, type FixtureSite } from './site';
import { startTestService, type TestService } from './testService';

/* What leaves the browser when its user chose to contribute, and what does not before. */

let chromium: Chromium;
let site: FixtureSite;
let service: TestService;
let options: Page;

test.beforeEach(async () => {
  site = await startSite({ name: '', handle: '', did: '', organicHandle: '', organicDid: '' });
  service = await startTestService([]);
  chromium = await startChromium(site);
  options = await newPage(chromium);
  await options.goto(`${chromium.extension}/options.html`);
  await keepService(service.url);
});

test.afterEach(async () => {
  await chromium.close();
  await service.close();
  await site.close();
});

const section = (): Locator => options.getByRole('region', { name: 'Contribute what you see' });
const counters = () => section().getByLabel('Numbers on profiles you open');
const literal = () => section().getByRole('group', { name: 'The literal text' }).first();
const posted = () => service.requests.filter(({ method }) => method !== 'GET');

function factsOf(handle: string): ProfileFacts {
  return {
    account: { network: 'bluesky', handle, nativeId: null },
    followers: { value: 1200, exact: true },
    following: { value: 3900, exact: false },
    posts: null,
    joined: '2024-03-07',
  };
}

/** What saving an address does, and looking at the page again. */
async function keepService(address: string): Promise<void> {
  await options.evaluate(async (service) => {
    const { storage } = (globalThis as unknown as { chrome: typeof browser }).chrome;
    await storage.local.set({ service });
  }, address);
  await options.reload();
  await expect(section().getByText(new URL(address).host, { exact: true })).toBeVisible();
}

/** Tells what a profile page would. */
async function see(...handles: string[]): Promise<void> {
  for (const handle of handles) {
    const request: PageRequest = { type: 'facts', facts: factsOf(handle) };
    await options.evaluate(async (message) => {
      const { runtime } = (globalThis as unknown as { chrome: typeof browser }).chrome;
      await runtime.sendMessage(message);
    }, request);
  }
}

async function choose(): Promise<void> {
  await counters().click();
  await expect(counters()).toBeChecked();
}

test('off by default: what is seen goes nowhere and is not kept', async () => {
  await expect(counters()).not.toBeChecked();
  await see('gwen.example', 'rosa.example');
  await choose();
  await expect(section().getByText('Nothing waits.')).toBeVisible();
  expect(posted()).toEqual([]);
});

test('shows the literal text as it comes together, and sends just that', async () => {
  await choose();
  await see('gwen.example', 'rosa.example', 'ines.example');
  await expect(literal()).toContainText('ines.example');
  await section().getByRole('button', { name: 'Remove: rosa.example' }).click();
  await expect(literal()).not.toContainText('rosa.example');
  const shown = await literal().textContent();
  expect(posted()).toEqual([]);

  await section().getByRole('button', { name: 'Send now' }).click();
  await expect(options.getByText('Sent. The log below')).toBeVisible();
  await expect(section().getByText('Nothing waits.')).toBeVisible();
  const told = posted().filter(({ url }) => url === '/v1/observations');
  expect(told.map(({ body }) => body)).toEqual([shown]);
  for (const { headers } of told) {
    expect(headers).not.toHaveProperty('cookie');
    expect(headers).not.toHaveProperty('referer');
  }

  await section()
    .getByText(/^Everything ever sent/)
    .click();
  await section().getByText('POST /observations: answered 202, 2 new, 0 known, 0 refused').click();
  await expect(section().getByRole('group', { name: 'The literal text' }).first()).toHaveText(shown!);
  const saving = options.waitForEvent('download');
  await section().getByRole('button', { name: 'Export as a file' }).click();
  const saved = JSON.parse(readFileSync(await (await saving).path(), 'utf8')) as { body: string }[];
  expect(saved.map(({ body }) => body)).toContain(shown);
  expect(JSON.stringify(saved)).not.toContain('ffr_');
});

test('stopping has the service delete what was sent', async () => {
  await choose();
  await see('gwen.example');
  await section().getByRole('button', { name: 'Send now' }).click();
  await expect(options.getByText('Sent. The log below')).toBeVisible();
  expect([...service.reporters.told.values()].flat()).toHaveLength(1);

  service.reporters.away = true;
  await section().getByRole('button', { name: 'Stop and delete what I sent' }).click();
  await expect(section().getByRole('button', { name: 'Cancel' })).toBeFocused();
  await section().getByRole('button', { name: 'Delete it' }).click();
  await expect(section().getByText('is not confirmed yet').first()).toBeVisible();
  await expect(counters()).not.toBeChecked();
  expect([...service.reporters.told.values()].flat()).toHaveLength(1);

  service.reporters.away = false;
  await section().getByRole('button', { name: 'Try again' }).click();
  await expect(options.getByText('has deleted what you sent')).toBeVisible();
  expect(service.reporters.told.size + service.reporters.tokens.size).toBe(0);
});

test('another service begins with off', async () => {
  await choose();
  await see('gwen.example');
  const other = await startTestService([]);
  await keepService(other.url);
  await expect(counters()).not.toBeChecked();
  await keepService(service.url);
  await expect(counters()).not.toBeChecked();
  expect([...posted(), ...other.requests.filter(({ method }) => method !== 'GET')]).toEqual([]);
  await other.close();
});

test('what waits survives an away service, and a restart of the page', async () => {
  await choose();
  await see('gwen.example');
  service.reporters.away = true;
  const shown = await literal().textContent();
  await section().getByRole('button', { name: 'Send now' }).click();
  await expect(options.getByText('The service did not take it. It is tried')).toBeVisible();
  await options.reload();
  await expect(section().getByText(/^The service did not take it last time/)).toBeVisible();
  expect(await literal().textContent()).toBe(shown);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`is accessible and looks as it should, ${colorScheme}`, async () => {
    await options.emulateMedia({ colorScheme });
    await choose();
    await see('gwen.example', 'rosa.example', 'ines.example');
    await section().getByRole('button', { name: 'Send now' }).click();
    await expect(options.getByText('Sent. The log below')).toBeVisible();
    await see('ana.example', 'bo.example');
    await expect(literal()).toContainText('bo.example');
    await section()
      .getByText(/^Everything ever sent/)
      .click();
    const { violations } = await new AxeBuilder({ page: options }).analyze();
    expect(violations).toEqual([]);
    await takePicture(`contribution-${colorScheme}`, ({ path }) => section().screenshot({ path }));
  });
}
