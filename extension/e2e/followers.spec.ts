import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Download, type Page } from '@playwright/test';
import { chooseService, newPage, startChromium, type Chromium } from './browsers';
import { takePicture } from './pictures';
import { startSite, type ApiAnswer, type FixtureSite } from './site';
import { startTestService, type TestService } from './testService';

/* Check my followers: the whole list of one's own account, against the list on this device. */

const OWN = { did: 'did:plc:ownownownownownownownown', handle: 'nora.example' };
const FOLLOWERS = 1204;
const LISTED = [17, 640, 1203];
const VERDICTS = new Map([
  [
    17,
    {
      statement:
        '21 Sep – 19 Nov, 836 follows. Of follows not returned, about 59 in 100 were dropped within 28 days (at least 50).',
    },
  ],
  [
    640,
    {
      practice: 'auto-dm',
      standing: 'confirmed',
      statement: '3–21 Nov: 14 of 15 new followers told of the same message within 10 minutes.',
      asOf: '2026-11-21T10:00:00Z',
    },
  ],
  [
    1203,
    {
      practice: 'auto-follow-back',
      disputed: true,
      statement: '1–28 Oct: followed back 96 of 98 followers within 24 hours, at any hour.',
      asOf: '2026-10-28T10:00:00Z',
    },
  ],
]);
const NAMES = new Map([
  [17, 'Growth by Gwen'],
  [640, 'Deals Daily'],
  [1203, 'Ana Pardo'],
]);
const HOSTILE_NAMES = new Map([
  [17, '<b>Deals</b> \u202eyliad\u200b'],
  [640, '=HYPERLINK("https://evil.example")'],
]);

const didOf = (index: number) => `did:plc:follower${String(index).padStart(16, 'x')}`;
const handleOf = (index: number) => `follower${index}.example`;

let chromium: Chromium;
let site: FixtureSite;
let service: TestService;
let page: Page;
let names: Map<number, string>;
const complaints: string[] = [];

test.beforeAll(async () => {
  site = await startSite({ name: '', handle: '', did: '', organicHandle: '', organicDid: '' });
  chromium = await startChromium(site);
});

test.afterAll(async () => {
  await chromium.close();
  await site.close();
});

test.beforeEach(async () => {
  const listed = LISTED.map((index) => ({
    network: 'bluesky' as const,
    handle: handleOf(index),
    nativeId: didOf(index),
    verdict: VERDICTS.get(index) ?? {},
  }));
  service = await startTestService(listed);
  site.asked.length = 0;
  names = NAMES;
  site.hosts.set('public.api.bsky.app', bluesky);
  await chooseService(chromium, service.url);
  page = await newPage(chromium);
  complaints.length = 0;
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  // Politeness is tested where time is ours to set.
  await page.clock.install();
  await page.goto(`${chromium.extension}/followers.html`);
});

test.afterEach(async () => {
  await page.close();
  await service.close();
  expect(complaints).toEqual([]);
});

/** A follower as Bluesky tells it; a cursor is where to go on. */
function bluesky(url: URL): ApiAnswer {
  const method = url.pathname.split('/').at(-1);
  if (method === 'app.bsky.actor.getProfile') {
    return { body: { ...OWN, displayName: 'Nora', followersCount: FOLLOWERS } };
  }
  const start = Number(url.searchParams.get('cursor') ?? 0);
  const end = Math.min(start + Number(url.searchParams.get('limit')), FOLLOWERS);
  const followers = Array.from({ length: end - start }, (_, offset) => ({
    did: didOf(start + offset),
    handle: handleOf(start + offset),
    displayName: names.get(start + offset) ?? `Invented ${start + offset}`,
    createdAt: '2026-03-04T05:06:07.008Z',
  }));
  return { body: { subject: OWN, followers, ...(end < FOLLOWERS && { cursor: String(end) }) } };
}

async function start(handle = OWN.handle): Promise<void> {
  await page.getByLabel('Your handle').fill(handle);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
}

/** Lets the pauses between pages pass. */
async function finish(text: string | RegExp): Promise<void> {
  await expect(async () => {
    await page.clock.runFor(5_000);
    await expect(page.getByText(text)).toBeVisible({ timeout: 100 });
  }).toPass({ intervals: [50] });
}

async function contentOf(download: Promise<Download>): Promise<string> {
  return readFileSync(await (await download).path(), 'utf8');
}

const rows = () => page.getByRole('row').filter({ has: page.getByRole('cell') });

for (const theme of ['light', 'dark'] as const) {
  test(`finds the three that are listed among ${FOLLOWERS}, ${theme}`, async () => {
    await page.emulateMedia({ colorScheme: theme });
    await start();
    await finish('3 of note among 1,204 followers.');
    await expect(rows()).toHaveCount(3);
    await expect(rows().first()).toContainText('Same message on follow · Reviewed');
    await expect(rows().filter({ hasText: 'Growth by Gwen' })).toContainText('Follow-churn · Likely');
    await expect(rows().filter({ hasText: 'Ana Pardo' })).toContainText(
      /Follow-back of anyone · Likely.*Disputed by the owner/,
    );
    await expect(page.getByRole('link', { name: /^follower17\.example/ })).toHaveAttribute(
      'href',
      'https://bsky.app/profile/follower17.example',
    );
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.setViewportSize({ width: 1060, height: 800 });
    await takePicture(`followers-${theme}`, (options) => page.screenshot({ ...options }));

    for (const width of [1280, 1100, 961, 960, 480, 320]) {
      await page.setViewportSize({ width, height: 640 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await expect(page.getByRole('columnheader', { name: 'Practice' })).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.screenshot({ path: `test-results/images/followers-narrow-${theme}.png`, fullPage: true });
    await page.setViewportSize({ width: 1000, height: 760 });
  });
}

test('asks the service about nobody but who is listed, and the network for nothing but the list', async () => {
  await start();
  await finish('3 of note among 1,204 followers.');
  const urls = service.requests.map(({ url }) => url);
  expect(urls.filter((url) => !/^\/v1\/(list|list\/7|ranges\/[0-9a-f])$/.test(url))).toEqual([]);
  const ranges = urls.filter((url) => url.startsWith('/v1/ranges/'));
  expect(new Set(ranges).size).toBeLessThanOrEqual(LISTED.length);
  expect(ranges.length).toBeLessThanOrEqual(LISTED.length);

  const methods = site.asked.map(({ url }) => new URL(url).pathname);
  expect(
    methods.filter((path) => !/\/app\.bsky\.(actor\.getProfile|graph\.getFollowers)$/.test(path)),
  ).toEqual([]);
  expect(methods).toHaveLength(2 + Math.ceil(FOLLOWERS / 100));
  for (const { headers } of site.asked) {
    for (const name of ['cookie', 'referer', 'origin', 'authorization']) {
      expect(headers).not.toHaveProperty(name);
    }
  }
});

test('nobody listed is a good end', async () => {
  service.listed = [];
  service.version++;
  await start();
  await finish('Nothing of note among 1,204 followers.');
  await expect(page.getByRole('table')).toHaveCount(0);
  expect(service.requests.filter(({ url }) => url.startsWith('/v1/ranges/'))).toEqual([]);
});

test('says so when there is no list to look in, and asks the network nothing', async () => {
  const torn = await startTestService([]);
  torn.conduct = 'torn';
  await chooseService(chromium, torn.url);
  await page.reload();
  await start();
  await expect(page.getByText('Nothing can be said yet: there is no list')).toBeVisible();
  expect(site.asked.map(({ url }) => url).filter((url) => url.includes('getFollowers'))).toEqual([]);
  await torn.close();
});

test('says that listed accounts may be missing when the service went away meanwhile', async () => {
  await start();
  await expect(page.getByText('100 of 1,204 followers')).toBeVisible();
  await service.close();
  await finish(/of note among 1,204 followers\.$/);
  await expect(page.getByText(/^The service is away: listed accounts may be missing below/)).toBeVisible();
});

test('pauses, goes on and stops', async () => {
  await start();
  await expect(page.getByText('100 of 1,204 followers')).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.clock.runFor(60_000);
  await expect(page.getByText('100 of 1,204 followers')).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('200 of 1,204 followers')).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Stopped. 1 of note among the first 200 followers.')).toBeVisible();
  await expect(rows()).toHaveCount(1);
});

test('goes on where it was after the network was away', async () => {
  let away = true;
  site.hosts.set('public.api.bsky.app', (url) =>
    away && url.searchParams.get('cursor') === '800' ? { status: 502, body: '<html>' } : bluesky(url),
  );
  await start();
  await finish(/^The network does not answer/);
  await expect(rows()).toHaveCount(2);
  away = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await finish('3 of note among 1,204 followers.');
  const first = site.asked.filter(({ url }) => url.includes('getFollowers') && !url.includes('cursor'));
  expect(first).toHaveLength(1);
  complaints.length = 0; // the browser's own line on the 502
});

test('waits as long as the network asks for', async () => {
  let enough = true;
  site.hosts.set('public.api.bsky.app', (url) =>
    enough && url.searchParams.get('cursor') === '300'
      ? { status: 429, headers: { 'retry-after': '300' }, body: { error: 'RateLimitExceeded' } }
      : bluesky(url),
  );
  await start();
  await finish(/^The network asks for patience/);
  enough = false;
  await page.clock.runFor(300_000);
  await finish('3 of note among 1,204 followers.');
  complaints.length = 0; // the browser's own line on the 429
});

test('a list its server hides is said to be hidden', async () => {
  site.hosts.set('mastodon.example', ({ pathname }) =>
    pathname.endsWith('/lookup')
      ? {
          body: {
            id: '1',
            username: 'nora',
            acct: 'nora',
            uri: 'https://mastodon.example/users/nora',
            display_name: 'Nora',
            followers_count: 12,
          },
        }
      : { body: [] },
  );
  await page.getByLabel('Network').selectOption('Mastodon');
  await start('@nora@mastodon.example');
  await expect(page.getByText('This follower list is hidden')).toBeVisible();
});

test('what is no handle, and who does not exist, gets a sentence', async () => {
  await start('not a handle');
  await expect(page.getByText('This is not a handle on this network.')).toBeVisible();
  site.hosts.set('public.api.bsky.app', () => ({ status: 400, body: { error: 'InvalidRequest' } }));
  await start('nobody.example');
  await expect(page.getByText('There is no such account.')).toBeVisible();
  complaints.length = 0; // the browser's own line on the 400
});

test('X: explains, and opens the list there', async () => {
  site.hosts.set('x.com', () => ({ body: '' }));
  await page.getByLabel('Network').selectOption('X');
  await expect(page.getByText('X has no public follower list.')).toBeVisible();
  await page.getByLabel('Your handle').fill('@nora_example');
  const opened = chromium.context.waitForEvent('page');
  await page.getByRole('button', { name: 'Open my follower list' }).click();
  const tab = await opened;
  expect(tab.url()).toBe('https://x.com/nora_example/followers');
  await tab.close();
});

test('filters, orders, pages and exports what is shown, names being text', async () => {
  names = HOSTILE_NAMES;
  await page.getByLabel(/^Keep everybody/).check();
  await start();
  await finish('3 of note among 1,204 followers.');
  await expect(page.getByText('<b>Deals</b> yliad', { exact: true })).toBeVisible();
  await page.getByRole('combobox', { name: 'Show' }).selectOption('Everybody');
  await expect(page.getByText('Page 1 of 25, 1,204 rows')).toBeVisible();
  await page.getByRole('button', { name: 'Account' }).click();
  await expect(page.getByRole('columnheader', { name: 'Account' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(rows().first()).toContainText('follower0.example');
  await page.getByRole('button', { name: 'Account' }).click();
  await expect(page.getByRole('columnheader', { name: 'Account' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect(rows().first()).toContainText('follower999.example');
  await page.getByRole('searchbox', { name: 'Search' }).fill('invented 640');
  await expect(page.getByText('No follower matches.')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search' }).fill('follower640.');
  await expect(rows()).toHaveCount(1);
  await page.getByRole('combobox', { name: 'Standing' }).selectOption('Likely');
  await expect(page.getByText('No follower matches.')).toBeVisible();
  await page.getByRole('combobox', { name: 'Standing' }).selectOption('Reviewed');

  const csvDownload = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save CSV' }).click();
  const lines = (await contentOf(csvDownload)).split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain(
    `"bluesky","follower640.example","${didOf(640)}","'=HYPERLINK(""https://evil.example"")"`,
  );
  expect(lines[1]).toContain('"auto-dm: confirmed"');
  const jsonDownload = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save JSON' }).click();
  const saved = JSON.parse(await contentOf(jsonDownload)) as {
    account: string;
    followers: { handle: string }[];
  };
  expect(saved.account).toBe(OWN.handle);
  expect(saved.followers.map(({ handle }) => handle)).toEqual(['follower640.example']);
});

test('by keyboard alone: check, select, hide, and show again', async () => {
  await page.getByLabel('Your handle').focus();
  await page.keyboard.type(OWN.handle);
  await page.keyboard.press('Enter');
  await finish('3 of note among 1,204 followers.');
  await page.getByRole('checkbox', { name: 'Select follower17.example' }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByText('Selected: 1')).toBeVisible();
  await page.getByRole('group').getByRole('button', { name: 'Hide badge' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Badges hidden: 1.')).toBeVisible();
  const again = page.getByRole('button', { name: 'Show again: follower17.example' });
  const options = await chromium.context.newPage();
  await options.goto(`${chromium.extension}/options.html`);
  await expect(options.getByText('follower17.example', { exact: true })).toBeVisible();
  await options.close();
  await page.bringToFront();
  await again.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Badges shown again: 1.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Hide badge: follower17.example' })).toBeFocused();
});
