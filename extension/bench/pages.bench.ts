import { join } from 'node:path';
import { test, type Page } from '@playwright/test';
import { chooseService, newPage, startChromium, type Chromium } from '../e2e/browsers';
import { fill, fixture, startSite, type FixtureSite } from '../e2e/site';
import { startTestService, type TestService } from '../e2e/testService';
import { memoryOfBackground } from './memory';
import { sample, trace } from './trace';

const POSTS = 2_000;
const ROUNDS = 5;
const PAGE = `<!doctype html><meta charset="utf-8"><title>Home / X</title>
<style>
  body { margin: 0; font: 15px/20px sans-serif }
  main { width: 600px; margin: auto }
  [aria-label=Timeline] { position: relative }
  [data-testid=cellInnerDiv] { position: absolute; width: 100% }
  article { display: flex; gap: 12px; padding: 12px 16px; border-bottom: 1px solid #ddd }
  .avatar i { display: block; width: 40px; height: 40px; background: #89b }
  .body { flex: 1; min-width: 0 }
  .names, .handle > div { display: flex; gap: 4px; min-width: 0; white-space: nowrap }
  [role=group] { display: flex; gap: 48px; margin-top: 12px }
  button { border: 0; background: none; font: 13px/16px sans-serif }
</style>
<main data-testid="primaryColumn"><div aria-label="Timeline"></div></main>`;

const listed = (index: number) => ({
  network: 'x' as const,
  handle: `person_${index}`,
  nativeId: String(9_000_000 + index),
});

const GWEN = {
  network: 'bluesky' as const,
  handle: 'gwen.growth.example',
  nativeId: 'did:plc:growthgrowthgrowthgrowth',
};

let site: FixtureSite;
let service: TestService;
let chromium: Chromium;

test.beforeAll(async () => {
  site = await startSite({ name: '', handle: '', did: '', organicHandle: '', organicDid: '' });
  site.pages.set('/home', PAGE);
  service = await startTestService(Array.from({ length: POSTS / 20 }, (_, index) => listed(index * 20)));
  chromium = await startChromium(site);
});

test.afterAll(async () => {
  await chromium.close();
  await site.close();
  await service.close();
});

/** A page of X's own address with a timeline that scrolls when told to. */
async function timeline(): Promise<Page> {
  const page = await newPage(chromium);
  await page.addInitScript({ path: join(import.meta.dirname, 'timeline.js') });
  await page.goto('https://x.com/home');
  return page;
}

const inPage = <T>(page: Page, call: string) => page.evaluate<T>(call);
const median = (values: number[]) => values.toSorted((one, other) => one - other)[values.length >> 1] ?? NaN;
const print = (what: string, value: string) => {
  console.log(`| ${what} | ${value} |`);
};
const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

/** One post of every profile is flagged or none is: what a scroll through all of them costs. */
async function scroll(name: string, badges: number): Promise<void> {
  const scripts: number[] = [];
  const longest: number[] = [];
  const shifts: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const page = await timeline();
    const cost = await trace(page, () => inPage(page, `scrollThrough(${POSTS})`));
    scripts.push(cost.script);
    longest.push(cost.longest);
    shifts.push(await inPage<number>(page, 'shifts'));
    const shown = await page.locator('[data-fairfollow]').count();
    if (shown > 0 !== badges > 0) throw new Error(`${shown} badges in the last rows of ${name}`);
    await page.close();
  }
  const page = await timeline();
  const sampled = await sample(page, () => inPage(page, `scrollThrough(${POSTS})`));
  await page.close();
  print(
    `${name}: script by trace, median of ${ROUNDS} (each)`,
    `${ms(median(scripts))} (${scripts.map((one) => one.toFixed(1)).join(', ')})`,
  );
  print(`${name}: longest call, median (most)`, `${ms(median(longest))} (${ms(Math.max(...longest))})`);
  print(`${name}: by sampling, one run`, ms(sampled));
  print(`${name}: layout shift, median`, median(shifts).toFixed(4));
}

test('a timeline of 2,000 posts', async () => {
  await chooseService(chromium, service.url);
  await scroll('1 in 20 flagged', POSTS / 20);
  const nobody = await startTestService([]);
  await chooseService(chromium, nobody.url);
  await scroll('nothing flagged', 0);
  await nobody.close();
});

test('from the name to the badge', async () => {
  // As people come one by one; on a page that brings many at once look-ups are gathered.
  const pause = 150;
  await chooseService(chromium, service.url);
  const page = await timeline();
  await page.waitForTimeout(1_000);
  const firsts: number[] = [];
  const agains: number[] = [];
  // Each account's range is asked for at its first sight; the second page shows it from the range just checked.
  for (let index = 0; index < 400; index += 20) {
    firsts.push(await inPage<number>(page, `untilBadge(${index})`));
    await page.waitForTimeout(pause);
  }
  await page.reload();
  await page.waitForTimeout(1_000);
  for (let index = 0; index < 400; index += 20) {
    agains.push(await inPage<number>(page, `untilBadge(${index})`));
    await page.waitForTimeout(pause);
  }
  print(
    'badge after a first hit on loopback, median (most) of 20',
    `${ms(median(firsts))} (${ms(Math.max(...firsts))})`,
  );
  print(
    'badge from a cached range, median (most) of 20',
    `${ms(median(agains))} (${ms(Math.max(...agains))})`,
  );
  await page.close();
});

test('layout shift', async () => {
  const html = (name: string, css: string) =>
    fixture(name).replace('</head>', `<style>${fixture(css)}</style></head>`);
  const cast = { handle: GWEN.handle, did: GWEN.nativeId, name: 'Growth by Gwen' };
  const pages: [name: string, address: string, html: string][] = [
    [
      'profile on X',
      'https://x.com/gwen_example',
      // The header alone: a post below it is a row as in any list.
      html('x/profile.html', 'x/site.css').replace(/<article[^]*<\/article>/, ''),
    ],
    ['followers on X', 'https://x.com/you_example/followers', html('x/followers.html', 'x/site.css')],
    [
      'profile on Bluesky',
      `https://bsky.app/profile/${GWEN.handle}`,
      fill(html('profile.html', 'site.css'), cast),
    ],
    [
      'followers on Bluesky',
      'https://bsky.app/profile/you.example/followers',
      fill(html('followers.html', 'site.css'), cast),
    ],
  ];
  const some = await startTestService([
    GWEN,
    { network: 'x', handle: 'gwen_example', nativeId: '1000000001' },
  ]);
  await chooseService(chromium, some.url);
  for (const [name, address, content] of pages) {
    const { host, pathname } = new URL(address);
    site.pages.set(host + pathname, content);
    const page = await newPage(chromium);
    await page.addInitScript({ path: join(import.meta.dirname, 'timeline.js') });
    await page.goto(address);
    await page.locator('[data-fairfollow]').first().waitFor({ state: 'attached' });
    await page.waitForTimeout(500);
    print(`${name}: layout shift with its badge`, (await inPage<number>(page, 'shifts')).toFixed(4));
    await page.close();
  }
  await some.close();
});

test('long lists', async () => {
  for (const entries of [10_000, 1_000_000]) {
    const long = await startTestService([]);
    long.fillers = randomEntries(entries);
    await chooseService(chromium, long.url);
    const page = await timeline();
    await inPage(page, `scrollThrough(${POSTS})`);
    const ranges = long.requests.filter(({ url }) => url.startsWith('/v1/ranges/')).length;
    const shown = await page.locator('[data-fairfollow]').count();
    print(
      `${entries} entries: range requests for ${POSTS} accounts of which none is listed`,
      `${ranges}, ${shown} painted`,
    );
    print(
      `${entries} entries: memory of the background`,
      `${((await memoryOfBackground(chromium.context)) / 1e6).toFixed(1)} MB`,
    );
    await page.close();
    await long.close();
  }
});

/** As hashes are: evenly spread, the same in each run. */
function randomEntries(count: number): Uint32Array {
  let state = 42;
  return Uint32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (Math.imul(state ^ (state >>> 16), 0x45d9f3b) ^ (state >>> 13)) >>> 0;
  });
}
