import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { badgeOn, chooseService, lookedUp, newPage, startChromium, type Chromium } from './browsers';
import { startSite, type Cast, type FixtureSite } from './site';
import { startTestService, type Conduct, type TestService } from './testService';

/* What the extension asks for, and what it does when the service is away, broken or hostile. */

const CAST: Cast = {
  name: 'Growth by Gwen',
  handle: 'gwen.growth.example',
  did: 'did:plc:growthgrowthgrowthgrowth',
  organicHandle: 'rosa.example',
  organicDid: 'did:plc:rosarosarosarosarosarosa',
};
const PROFILE = `https://bsky.app/profile/${CAST.handle}`;

let chromium: Chromium;
let site: FixtureSite;
let service: TestService;
let page: Page;
const complaints: string[] = [];

test.beforeAll(async () => {
  site = await startSite(CAST);
  chromium = await startChromium(site);
});

test.afterAll(async () => {
  await chromium.close();
  await site.close();
});

test.beforeEach(async () => {
  service = await startTestService([{ network: 'bluesky', handle: CAST.handle, nativeId: CAST.did }]);
  page = await newPage(chromium);
  complaints.length = 0;
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
});

test.afterEach(async () => {
  await page.close();
  await service.close();
  expect(complaints).toEqual([]);
});

test('asks for the list and for prefixes, and says nothing else about who is looked at', async () => {
  await chooseService(chromium, service.url);
  await page.goto(PROFILE);
  await expect(badgeOn(page)).toHaveCount(1);
  await page.goto(`${PROFILE}/followers`);
  await expect(badgeOn(page)).toHaveCount(1);
  await page.goto(`https://bsky.app/profile/${CAST.organicHandle}`);
  await lookedUp(chromium, page);

  const urls = service.requests.map(({ url }) => url);
  expect(urls).toContain('/v1/list');
  expect(urls.filter((url) => !/^\/v1\/(list|list\/7|ranges\/[0-9a-f])$/.test(url))).toEqual([]);
  // Of the three people on those pages, only the listed one was asked about, by one digit.
  expect(new Set(urls.filter((url) => url.startsWith('/v1/ranges/'))).size).toBe(1);
  for (const { method, headers, body } of service.requests) {
    expect(method).toBe('GET');
    expect(body).toBe('');
    expect(headers).not.toHaveProperty('cookie');
    expect(headers).not.toHaveProperty('referer');
    for (const name of [CAST.handle, CAST.did, CAST.organicHandle, 'profile']) {
      expect(JSON.stringify(headers)).not.toContain(name);
    }
  }
});

const HARMLESS: Conduct[] = [
  'html',
  'huge',
  'torn',
  'wrong-sha',
  'wrong-types',
  'other-account',
  'other-hash',
];
for (const conduct of HARMLESS) {
  test(`paints nothing, quietly, when the service is ${conduct}`, async () => {
    service.conduct = conduct;
    await chooseService(chromium, service.url);
    await page.goto(PROFILE);
    await lookedUp(chromium, page);
    expect(service.requests.length).toBeGreaterThan(0);
    await expect(badgeOn(page)).toHaveCount(0);
  });
}

test('paints nothing, quietly, when nobody answers', async () => {
  await service.close();
  await chooseService(chromium, service.url);
  await page.goto(PROFILE);
  await lookedUp(chromium, page);
  await expect(badgeOn(page)).toHaveCount(0);
});

test('shows what is in a statement as text', async () => {
  service.verdict = {
    statement: '<img src=x onerror=alert(1)> 12 follows \u202egnp.exe\u200b <b>of 40</b>',
    disputed: true,
  };
  await chooseService(chromium, service.url);
  await page.goto(PROFILE);
  await badgeOn(page, 'Follow-churn, Likely, disputed: details').click();
  const card = page.getByRole('dialog', { name: /^Follow-churn/ });
  await expect(card.locator('.statement')).toHaveText(
    '<img src=x onerror=alert(1)> 12 follows gnp.exe <b>of 40</b>',
  );
  await expect(card.locator('img')).toHaveCount(0);
  await expect(card.getByText('The owner disputes this.')).toBeVisible();
});

test('what was reviewed is marked so', async () => {
  service.verdict = { standing: 'confirmed' };
  await chooseService(chromium, service.url);
  await page.goto(PROFILE);
  await badgeOn(page, 'Follow-churn, Reviewed: details').hover();
  await expect(page.getByRole('dialog').locator('.standing')).toHaveText('Reviewed');
});

test('leaves alone what it cannot name or what is not listed', async () => {
  service.verdict = { practice: 'from-a-newer-service' };
  await chooseService(chromium, service.url);
  await page.goto(PROFILE);
  await lookedUp(chromium, page);
  await expect(page.locator('[data-fairfollow]')).toHaveCount(0);
  service.verdict = { standing: 'signs' };
  service.version++;
  await page.reload();
  await lookedUp(chromium, page);
  await expect(page.locator('[data-fairfollow]')).toHaveCount(0);
});

test('a badge hidden here stays hidden, until that is undone', async () => {
  await chooseService(chromium, service.url);
  await page.goto(PROFILE);
  await badgeOn(page).click();
  await page.getByRole('button', { name: 'Hide here' }).click();
  await expect(badgeOn(page)).toHaveCount(0);
  await page.reload();
  await lookedUp(chromium, page);
  await expect(badgeOn(page)).toHaveCount(0);

  const options = await chromium.context.newPage();
  await options.goto(`${chromium.extension}/options.html`);
  await options.getByRole('button', { name: `Show again: ${CAST.handle}` }).click();
  await options.close();
  await page.bringToFront();
  await expect(badgeOn(page)).toHaveCount(1);
});

test('says that a page changed when nothing on it can be read', async () => {
  await chooseService(chromium, service.url);
  site.pages.set('/profile/changed.example', '<!doctype html><title>Changed</title><main>New design</main>');
  await page.goto('https://bsky.app/profile/changed.example');
  const popup = await chromium.context.newPage();
  await popup.goto(`${chromium.extension}/popup.html`);
  await page.bringToFront();
  await expect(async () => {
    await popup.reload();
    await expect(popup.getByText('This page changed, badges are off here.')).toBeVisible({ timeout: 500 });
  }).toPass();
  await popup.close();
});

test('renews the list by what changed in it', async () => {
  const listed = service.listed;
  service.listed = [
    { network: 'bluesky', handle: 'early.example', nativeId: 'did:plc:earlyearlyearlyearly' },
  ];
  await chooseService(chromium, service.url);
  await page.goto(PROFILE);
  await lookedUp(chromium, page);
  service.listed = listed;
  service.version++;
  const popup = await chromium.context.newPage();
  await popup.goto(`${chromium.extension}/popup.html`); // which asks whether there is a newer list
  await expect.poll(() => service.requests.map(({ url }) => url)).toContain('/v1/list/8/since/7');
  await popup.close();
  await page.goto(PROFILE);
  await expect(badgeOn(page)).toHaveCount(1);
  expect(service.requests.map(({ url }) => url)).not.toContain('/v1/list/8');
});

test('a restart without the service: the list and the last answers are still there', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'fairfollow-restart-'));
  try {
    const before = await startChromium(site, profile);
    await chooseService(before, service.url);
    const first = await newPage(before);
    await first.goto(PROFILE);
    await expect(badgeOn(first)).toHaveCount(1);
    await before.close();
    await service.close();

    const after = await startChromium(site, profile);
    const second = await newPage(after);
    await second.goto(PROFILE);
    await expect(badgeOn(second)).toHaveCount(1);
    await after.close();
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
});
