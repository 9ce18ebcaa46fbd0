import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromium, expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { findBrowser } from './browsers';
import { serviceUnderTest } from './cast';
import { takePicture as takeForDocuments } from './pictures';

/*
 * The service's own pages, each in both themes and at three widths. PAGES_PICTURES=1 leaves a picture of each in
 * test-results/pages/.
 */

const PICTURES =
  process.env.PAGES_PICTURES === '1' ? join(import.meta.dirname, '../test-results/pages') : null;
const WIDTHS = [1440, 800, 320];
/** Followed from the front page at most, of addresses that differ only in whom they are about. */
const OF_A_KIND = 4;

const PAGES = new Map([
  ['front', '/'],
  ['practices', '/practices'],
  ['practices-es', '/practices?lang=es'],
  ['marked', '/marked'],
  ['marked-es', '/marked?lang=es'],
  ['privacy', '/privacy'],
  ['status', '/status'],
  ['api', '/api'],
  ['disputes', '/disputes'],
  ['demo', '/demo'],
  ['demo-notifications', '/demo/notifications'],
  ['reporters', '/moderation/reporters'],
  ['sign-in', '/moderation/sign-in'],
  ['unknown-account', '/accounts/bluesky/nobody.demo.example'],
  ['unknown-account-es', '/accounts/mastodon/nadie@harbour.demo.example?lang=es'],
  ['malformed', '/accounts/bluesky/%3Cb%3E%E2%80%AEnot-a-handle'],
  ['look-up-of-nonsense', '/look-up?name=%3Cscript%3Ealert(1)%3C%2Fscript%3E'],
  ['nowhere', '/nowhere'],
]);

let service: string;
let browser: Browser;
/** An account for each of what the demonstration's first page shows, by practice and standing. */
const accounts = new Map<string, string>();

test.beforeAll(async () => {
  test.setTimeout(300_000);
  service = serviceUnderTest();
  browser = await chromium.launch({
    executablePath: findBrowser('CHROMIUM_PATH', ['chromium', 'chromium-browser', 'google-chrome']),
    chromiumSandbox: false,
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  // A service that has only just started is still judging.
  await expect(async () => {
    await page.goto(`${service}/demo`);
    await expect(page.locator('a.held')).not.toHaveCount(0, { timeout: 1_000 });
  }).toPass({ timeout: 240_000 });
  for (const link of await page.locator('a.held').all()) {
    const about = (await link.getAttribute('aria-label'))?.split(':')[0] ?? '';
    accounts.set(
      `account-${about.replace(/\W+/g, '-').toLowerCase()}`,
      (await link.getAttribute('href')) ?? '',
    );
  }
  await context.close();
});

test.afterAll(async () => {
  await browser.close();
});

/** What a page must never do, and what it did of it. */
interface Watched {
  context: BrowserContext;
  page: Page;
  faults: string[];
}

async function watched(options: Parameters<Browser['newContext']>[0] = {}): Promise<Watched> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  await context.addInitScript(() => {
    const shifts: string[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        sources?: { node?: Node }[];
      })[]) {
        const moved = entry.sources?.map(({ node }) => (node as Element | undefined)?.className).join(', ');
        shifts.push(`layout shift ${entry.value.toFixed(4)} of ${moved}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    // The browser says so itself of a page that is answered with 404 or the like.
    const isOfThePage =
      message.text().startsWith('Failed to load resource') && message.location().url === page.url();
    if (['error', 'warning'].includes(message.type()) && !isOfThePage) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${service}/`) && !url.startsWith('data:') && !url.startsWith('blob:'))
      faults.push(`asked ${url}`);
  });
  return { context, page, faults };
}

/** Two frames after all is loaded, so that whatever scripts add is there. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

const tooWide = (page: Page) =>
  page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.querySelectorAll('main *')]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName}.${element.getAttribute('class') ?? ''}`)
      .concat(`${root.scrollWidth} > ${root.clientWidth}`);
  });

async function takePicture(page: Page, name: string): Promise<void> {
  if (PICTURES === null) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page, ${colorScheme}: in its frame, quiet, still, and nothing found by axe`, async () => {
    test.setTimeout(180_000);
    const { context, page, faults } = await watched({ colorScheme });
    for (const [name, path] of [...PAGES, ...accounts]) {
      await test.step(`${name} ${path}`, async () => {
        await page.setViewportSize({ width: WIDTHS[0]!, height: 900 });
        await page.goto(service + path);
        await settled(page);
        const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: string[] }).shifts);
        expect.soft(shifts, `${name}: nothing moves`).toEqual([]);
        const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
        const violations = (await axe.analyze()).violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
        );
        expect.soft(violations, `${name}: axe`).toEqual([]);
        await expect.soft(page.locator('h1'), `${name}: one heading`).toHaveCount(1);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          expect.soft(await tooWide(page), `${name} at ${width} px`).toEqual([]);
          await takePicture(page, `${name}-${colorScheme}-${width}`);
        }
        expect.soft(faults.splice(0), name).toEqual([]);
      });
    }
    // What the README begins with.
    await page.setViewportSize({ width: 1280, height: 860 });
    for (const [name, path] of [
      ['front', '/'],
      ['account', accounts.get('account-likely') ?? ''],
    ] as const) {
      await page.goto(service + path);
      await settled(page);
      await takeForDocuments(`page-${name}-${colorScheme}`, (options) => page.screenshot(options));
    }
    expect(await context.cookies(), 'readers get no cookies').toEqual([]);
    await context.close();
  });
}

test('an account of every practice is there to be seen, and one of every standing', () => {
  const shown = [...accounts.keys()].join(' ');
  for (const practice of ['bought', 'message', 'follow-back', 'shaming', 'promotion', 'never-replies'])
    expect.soft(shown).toContain(practice);
  for (const standing of ['likely', 'reviewed', 'answered', 'signs', 'not-found', 'too-little-evidence'])
    expect.soft(shown).toContain(standing);
});

test('without JavaScript the pages are whole: charts are drawn, numbers stand in tables, looking up works', async () => {
  const { context, page, faults } = await watched({ javaScriptEnabled: false });
  const [path = ''] = accounts.values();
  await page.goto(service + path);
  await expect(page.locator('main svg').first()).toBeVisible();
  await expect(page.locator('main table').first()).toBeAttached();
  const handle = new URL(page.url()).pathname.split('/').at(-1) ?? '';

  await page.goto(`${service}/`);
  await page.locator('#look').fill(`@${handle}`);
  await page.getByRole('button', { name: 'Look up' }).click();
  await expect(page.locator('h1')).toContainText(handle);
  for (const other of ['/api', '/practices', '/marked', '/privacy', '/status']) {
    await page.goto(service + other);
    await expect(page.locator('main')).not.toBeEmpty();
  }
  expect(faults).toEqual([]);
  await context.close();
});

test('by keyboard: past the navigation in one step, and from the field to the answer by Enter', async () => {
  const { context, page } = await watched();
  await page.goto(`${service}/practices`);
  const focused = () => page.evaluate(() => document.activeElement?.textContent.trim() ?? '');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('To the content');
  await expect(page.getByRole('link', { name: 'To the content' })).toBeInViewport();
  const order: string[] = [];
  for (let i = 0; i < 4; i++) {
    await page.keyboard.press('Tab');
    order.push(await focused());
  }
  expect(order).toEqual(['Fairfollow', 'Practices', 'Is it about you?', 'For developers']);
  await page.keyboard.press('Shift+Tab');
  await page.goto(`${service}/practices`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(
    await page.evaluate(() => document.activeElement?.closest('main') !== null),
    'the next stop is in the content',
  ).toBe(true);

  await page.goto(`${service}/`);
  await page.locator('#look').focus();
  await page.keyboard.type('https://bsky.app/profile/Nobody.Demo.Example');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/accounts\/bluesky\/nobody\.demo\.example$/);
  await context.close();
});

test('the language that was chosen stays, on every page, until another one is', async () => {
  const { context, page, faults } = await watched({ locale: 'en-GB' });
  await page.goto(`${service}/practices`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('link', { name: 'Español' }).click();
  await expect(page).toHaveURL(/\/practices\?lang=es$/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await page.locator('header nav a').nth(1).click();
  await expect(page).toHaveURL(/\/marked\?lang=es$/);
  await page.locator('header nav a').first().click();
  await page.locator('#look-top').fill('nadie.demo.example');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/accounts\/bluesky\/nadie\.demo\.example\?lang=es$/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL(/lang=en$/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  expect(faults).toEqual([]);
  expect(await context.cookies()).toEqual([]);
  await context.close();

  const spanish = await watched({ locale: 'es-MX' });
  await spanish.page.goto(`${service}/`);
  await expect(spanish.page.locator('html')).toHaveAttribute('lang', 'es');
  await spanish.context.close();
});

test('on paper and in forced colours nothing is lost', async () => {
  const { context, page } = await watched({ viewport: { width: 794, height: 1123 } });
  for (const [name, path] of accounts) {
    await page.emulateMedia({ media: 'print' });
    await page.goto(service + path);
    await expect(page.locator('header.top')).toBeHidden();
    await expect(page.locator('h1')).toBeVisible();
    // What is folded away on the screen cannot be unfolded on paper.
    for (const table of await page.locator('main table').all()) await expect(table).toBeVisible();
    await takePicture(page, `${name}-print`);

    await page.emulateMedia({ media: 'screen', forcedColors: 'active' });
    const chip = page.locator('main .chip').first();
    const border = await chip.evaluate((element) => getComputedStyle(element).borderTopWidth);
    expect.soft(parseFloat(border), `${name}: a standing is told by its form`).toBeGreaterThan(0);
    await takePicture(page, `${name}-forced`);
    await page.emulateMedia({ forcedColors: null });
  }
  await context.close();
});

test('no link from the front page on is dead, nor leads to a place that is not on its page', async () => {
  test.setTimeout(120_000);
  const { context } = await watched();
  const { request } = context;
  const reader = await context.newPage();
  const seen = new Set<string>();
  const ofKind = new Map<string, number>();
  const fragments: [from: string, page: string, id: string][] = [];
  const ids = new Map<string, Set<string>>();
  const dead: string[] = [];
  const files: string[] = [];
  let ahead: [from: string, path: string][] = [['', '/']];
  const kindOf = (path: string) =>
    path
      .replace(/(profile|bluesky|about\/bluesky)\/[^/?]+/, '$1/…')
      .replace(/=\d+/, '=…')
      .replace(/\/\d+/, '/…');

  while (ahead.length > 0) {
    const batch = ahead.splice(0, 8);
    const found = await Promise.all(
      batch.map(async ([from, path]) => {
        const answer = await request.get(service + path, { maxRedirects: 3 });
        if (answer.status() >= 400) dead.push(`${answer.status()} ${path} on ${from}`);
        if (new URL(path, service).pathname.endsWith('.csv')) {
          const { 'content-type': type, 'content-disposition': kept } = answer.headers();
          const rows = (await answer.text()).split('\r\n');
          files.push(
            `${type} ${kept?.split(';')[0]} ${rows.length > 2 && rows.at(-1) === '' ? 'rows' : 'none'}`,
          );
        }
        const isPage = answer.headers()['content-type']?.startsWith('text/html') ?? false;
        return { path, html: isPage ? await answer.text() : '' };
      }),
    );
    for (const { path, html } of found.filter(({ html }) => html !== '')) {
      const { links, places } = await reader.evaluate((source) => {
        const page = new DOMParser().parseFromString(source, 'text/html');
        return {
          links: [...page.querySelectorAll('a[href], link[href], script[src], img[src], use[href]')].map(
            (element) => element.getAttribute('href') ?? element.getAttribute('src') ?? '',
          ),
          places: [...page.querySelectorAll('[id]')].map(({ id }) => id),
        };
      }, html);
      ids.set(path, new Set(places));
      for (const link of links) {
        const url = new URL(link, service + path);
        if (url.origin !== service) continue;
        const target = url.pathname + url.search;
        // #/… is for the console of the API, which is not there before it is asked for.
        if (url.hash !== '' && !url.hash.startsWith('#/'))
          fragments.push([path, target, decodeURIComponent(url.hash.slice(1))]);
        const kind = kindOf(target);
        const many = ofKind.get(kind) ?? 0;
        if (seen.has(target) || many >= OF_A_KIND) continue;
        seen.add(target);
        ofKind.set(kind, many + 1);
        ahead.push([path, target]);
      }
    }
    ahead = ahead.filter(([, path]) => path !== '/');
  }
  for (const [from, page, id] of fragments) {
    if (ids.has(page) && !ids.get(page)!.has(id)) dead.push(`#${id} of ${page} on ${from}`);
  }
  expect(dead).toEqual([]);
  // The numbers of charts, which every kind of evidence has.
  expect(new Set(files)).toEqual(new Set(['text/csv;charset=UTF-8 attachment rows']));
  expect([...seen]).toEqual(
    expect.arrayContaining(['/practices', '/marked', '/privacy', '/status', '/api', '/moderation']),
  );
  await context.close();
});
