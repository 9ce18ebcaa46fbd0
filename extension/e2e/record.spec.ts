import AxeBuilder from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import type { browser } from 'wxt/browser';
import { newPage, startChromium, type Chromium } from './browsers';
import { keptRecord } from './keptRecord';
import { takePicture } from './pictures';
import { startSite, type Cast, type FixtureSite } from './site';

/* The user's own record: from adding an account to the file with everything. */

const CAST: Cast = {
  name: 'Growth by Gwen',
  handle: 'gwen.growth.example',
  did: 'did:plc:growthgrowthgrowthgrowth',
  organicHandle: 'rosa.example',
  organicDid: 'did:plc:rosarosarosarosarosarosa',
};
const PEOPLE = ['ada', 'bea', 'cleo', 'dana', 'eve', 'flo', 'gil', 'hal', 'ida', 'jon', 'kim', 'lea'];
const didOf = (name: string) => `did:plc:${name.repeat(24).slice(0, 24)}`;

let chromium: Chromium;
let site: FixtureSite;
let page: Page;
let followers: string[];
let asked: string[];
const complaints: string[] = [];

test.beforeEach(async () => {
  site = await startSite(CAST);
  followers = [...PEOPLE];
  asked = [];
  const profile = (name: string) => ({
    did: name === 'rosa' ? CAST.organicDid : didOf(name),
    handle: `${name}.example`,
    displayName: name === 'bea' ? '<b>Bea</b> \u202e' : name,
    ...(name === 'rosa' && { followersCount: followers.length }),
  });
  site.hosts.set('public.api.bsky.app', (url) => {
    asked.push(url.pathname);
    switch (url.pathname.replace('/xrpc/', '')) {
      case 'app.bsky.actor.getProfile':
        return { body: JSON.stringify(profile('rosa')) };
      case 'app.bsky.graph.getFollowers':
        return { body: JSON.stringify({ subject: profile('rosa'), followers: followers.map(profile) }) };
      case 'app.bsky.actor.getProfiles':
        return {
          body: JSON.stringify({
            profiles: PEOPLE.filter((name) => url.searchParams.getAll('actors').includes(didOf(name))).map(
              profile,
            ),
          }),
        };
      default:
        return {
          body: JSON.stringify({
            relationships: PEOPLE.map((name) => ({
              did: didOf(name),
              ...(followers.includes(name) && { followedBy: `at://${didOf(name)}/app.bsky.graph.follow/3k` }),
            })),
          }),
        };
    }
  });
  chromium = await startChromium(site);
  page = await newPage(chromium);
  complaints.length = 0;
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(`${chromium.extension}/record.html`);
});

test.afterEach(async () => {
  await chromium.close();
  await site.close();
  expect(complaints).toEqual([]);
});

async function addRosa(): Promise<void> {
  await page.getByLabel('Handle of your account').fill('@rosa.example');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('Last read')).toBeVisible();
}

test('reads a public list, and again, and tells who left', async () => {
  await addRosa();
  await expect(page.getByText('12 followers')).toBeVisible();
  await expect(page.getByText('Nobody yet.')).toBeVisible();
  expect(new Set(asked)).toEqual(
    new Set(['/xrpc/app.bsky.actor.getProfile', '/xrpc/app.bsky.graph.getFollowers']),
  );

  followers = followers.filter((name) => name !== 'bea');
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByText('1 account was missing from the last reading.')).toBeVisible({
    timeout: 20_000,
  });
  // One reading is no evidence, nor is a second one right after it.
  await expect(page.getByRole('table')).toHaveCount(0);
});

test('what was kept is read in, sorted, searched, taken out and deleted', async () => {
  await addRosa();
  await page.locator('input[type=file]').setInputFiles(keptRecord(CAST.organicDid, 24));
  await expect(page.getByText('Imported: 24 followers.')).toBeVisible();
  await expect(page.locator('.headline')).toHaveText(/^\d+ accounts followed you and left within a week$/);
  await expect(page.getByRole('row')).toHaveCount(25);

  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await expect(page.getByRole('columnheader', { name: 'Account' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(page.getByRole('row').nth(1)).toContainText('person0.example');
  await page.getByLabel('Search').fill('person 17');
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('link', { name: 'person17.example' })).toHaveAttribute(
    'href',
    'https://bsky.app/profile/person17.example',
  );
  await page.getByLabel('Search').fill('');
  await page.getByLabel('Uncertain ones too').uncheck();
  await expect(page.getByText('20 of 20 shown')).toBeVisible();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export everything' }).click(),
  ]);
  const file = JSON.parse(readFileSync(await download.path(), 'utf8')) as {
    records: { followers: unknown[] }[];
  };
  expect(file.records[0]!.followers).toHaveLength(24 + PEOPLE.length);

  await page.getByRole('button', { name: 'Delete this record' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('Deleted: rosa.example.')).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('table')).toBeVisible();
});

test('the badge of an account that left knows it from the record', async () => {
  await addRosa();
  await page.locator('input[type=file]').setInputFiles(keptRecord(CAST.organicDid, 3));
  await expect(page.getByText('Imported: 3 followers.')).toBeVisible();
  const found: unknown = await page.evaluate(() =>
    (globalThis as unknown as { chrome: typeof browser }).chrome.runtime.sendMessage({
      type: 'lookup',
      accounts: ['person1.example', 'ada.example'].map((handle) => ({
        network: 'bluesky',
        handle,
        nativeId: null,
      })),
    }),
  );
  expect(found).toMatchObject([{ departure: { uncertain: false } }, { departure: null }]);
});

test('on X nothing is noted until the user turns it on', async () => {
  const tell = () =>
    page.evaluate(() =>
      (globalThis as unknown as { chrome: typeof browser }).chrome.runtime.sendMessage({
        type: 'sightings',
        told: {
          viewer: { network: 'x', handle: 'rosa_example', nativeId: null },
          followers: null,
          sightings: [
            { account: { network: 'x', handle: 'gwen_example', nativeId: '7' }, what: 'follows', at: null },
          ],
        },
      }),
    );
  await tell();
  await page.reload();
  await expect(page.getByText('No account yet')).toBeVisible();
  await page.getByLabel('Keep a record on X').check();
  await tell();
  await page.reload();
  await expect(page.getByText('1 follower known so far.')).toBeVisible();
});

test('a file that is no record changes nothing', async () => {
  await addRosa();
  const buffer = Buffer.from('{"format":"fairfollow-record","version":1,"records":[{"account":{}}]}');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer });
  await expect(page.getByText('This is not a record of Fairfollow. Nothing was changed.')).toBeVisible();
});

test('can be read by everybody, in both themes and narrow windows', async () => {
  await addRosa();
  await page.locator('input[type=file]').setInputFiles(keptRecord(CAST.organicDid, 12));
  await page.getByText('Imported: 12 followers.').waitFor();
  await expect(page.getByRole('row')).toHaveCount(13);
  await expect(page.getByRole('img', { name: /^New followers by day since/ })).toBeVisible();
  await page.setViewportSize({ width: 1000, height: 860 });
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
    await takePicture(`record-${theme}`, (options) => page.screenshot(options));
  }
  await page.setViewportSize({ width: 320, height: 700 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await takePicture('record-narrow', (options) => page.screenshot(options));
});
