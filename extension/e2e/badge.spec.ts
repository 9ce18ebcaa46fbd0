import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { browser } from 'wxt/browser';
import type { Departure } from '../src/ledger/departure';
import type { Answer, HeldVerdict } from '../src/lookup/answer';
import type { ShownAccount } from '../src/lookup/account';
import type { Verdict } from '../src/lookup/wire';
import type { Found } from '../src/messages';
import { newPage, startChromium, type Chromium } from './browsers';
import { takePicture } from './pictures';
import { startSite, type FixtureSite } from './site';

/* Badge and card in a real page, with whatever the background could find: its answers are given here. */

let chromium: Chromium;
let site: FixtureSite;
let page: Page;

test.beforeAll(async () => {
  const nobody = { name: '', handle: 'nobody.example', did: '', organicHandle: '', organicDid: '' };
  site = await startSite(nobody);
  chromium = await startChromium(site);
});

test.afterAll(async () => {
  await chromium.close();
  await site.close();
});

test.beforeEach(async () => {
  page = await newPage(chromium);
});

test.afterEach(async () => {
  await page.close();
});

const CHURN: Verdict = {
  practice: 'follow-churn',
  standing: 'likely',
  disputed: false,
  statement:
    '21 Sep – 19 Nov, 836 follows. Of follows not returned, about 59 in 100 were dropped within 28 days (at least 50). At the same age they were dropped 7.8 times as often as returned ones (at least 3).',
  reasons: [
    { code: 'dropped-within-28-days', value: 0.59, interval: [0.5, 0.67] },
    { code: 'selectivity-at-equal-age', value: 7.8, interval: [3, 19] },
    { code: 'weeks-with-follows', value: 8, interval: null },
    { code: 'weeks-with-drops', value: 7, interval: null },
  ],
  spark: {
    from: '2026-10-23',
    followed: [7, 12, 18, 15, 20, 21, 22, 14, 19, 20, 24, 9, 25, 20, 24, 14, 23, 9, 15, 24, 22, 8, 17, 14],
    unfollowed: [2, 0, 1, 1, 1, 1, 0, 18, 6, 13, 20, 14, 18, 15, 21, 11, 11, 10, 10, 15, 20, 9, 14, 9],
  },
  caveats: ['pruning-own-list', 'never-answered'],
  sources: { measured: 1, reported: 0 },
  asOf: '2026-11-22T10:00:00Z',
  reviewAt: '2027-02-20T10:00:00Z',
  rebuttal: null,
  reviewedAt: null,
};

/** This year, on the browser's own calendar: other years are said. */
const march = (day: number, hour: number) => new Date(new Date().getFullYear(), 2, day, hour).toISOString();

const LEFT: Departure = {
  followed: [march(3, 9), march(3, 9)],
  left: [march(5, 8), march(5, 20)],
  uncertain: false,
};

const verdict = (changes: Partial<Verdict> = {}): Verdict => ({ ...CHURN, ...changes });

function listed(handle: string, ...verdicts: Verdict[]): Found {
  const account = { network: 'bluesky', handle, nativeId: null } as const;
  const listing = { account, verdicts, page: `https://fairfollow.example/accounts/bluesky/${handle}` };
  return {
    listing: { ...listing, checkedAt: Date.now(), confirmed: true, demo: false },
    hidden: false,
    departure: null,
  };
}

const departed = (changes: Partial<Departure> = {}): Found => ({
  listing: null,
  hidden: false,
  departure: { ...LEFT, ...changes },
});

interface Row {
  name: string;
  handle: string;
  found: Found;
}

const STATES: Row[] = [
  rowOf('Growth by Gwen', (handle) => listed(handle, verdict())),
  rowOf('Deals Daily', (handle) => listed(handle, verdict({ practice: 'auto-dm', standing: 'confirmed' }))),
  rowOf('Bright Batches', (handle) => listed(handle, verdict({ practice: 'buys-followers' }))),
  rowOf('Back Again', (handle) =>
    listed(handle, verdict({ practice: 'auto-follow-back', standing: 'confirmed', disputed: true })),
  ),
  rowOf('Count Caller', (handle) =>
    listed(handle, verdict({ practice: 'unfollow-shaming', disputed: true })),
  ),
  rowOf('Shop o’Clock', (handle) => listed(handle, verdict({ practice: 'automated-promotion' }))),
  rowOf('Rosa Marín', () => departed()),
  rowOf('Ivo Klein', () => departed({ uncertain: true, followed: [null, march(3, 9)] })),
  rowOf('Both Ways', (handle) => ({
    ...listed(handle, verdict({ standing: 'confirmed' })),
    departure: LEFT,
  })),
];

function rowOf(name: string, find: (handle: string) => Found): Row {
  const handle = handleOf(name);
  return { name, handle, found: find(handle) };
}

function handleOf(name: string): string {
  return `${name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z ]/g, '')
    .replaceAll(' ', '-')}.example`;
}

const row = ({ name, handle }: Row) => `
  <a class="row" href="/profile/${handle}"><i></i><span class="column">
    <span class="line"><span dir="auto" class="name">${name}</span></span>
    <span dir="auto" class="muted">@${handle}</span></span></a>`;

const header = ({ name, handle }: Row) => `
  <div data-testid="profileView"><div dir="auto" class="title" data-testid="profileHeaderDisplayName">${name}</div>
    <div dir="auto" class="muted">@${handle}</div>
    <a data-testid="profileHeaderFollowersButton" href="/profile/${handle}/followers">1.2K followers</a></div>`;

const sheet = (body: string, root = '') => `<!doctype html><html lang="en" ${root}><meta charset="utf-8">
  <title>Followers</title><link rel="stylesheet" href="/sheet.css"><body>${body}</body></html>`;

const STYLE = `
  body { margin: 0; font: 15px/20px system-ui, sans-serif; color: #16202c; background: #fff; }
  .dim, .dark, .black { color: #e9eef4; } .dim { background: #15202b } .dark { background: #151d28 } .black { background: #000 }
  .sheet { display: grid; grid-template-columns: repeat(4, 1fr); } .sheet > * { padding: 16px; min-width: 0; }
  .row { display: flex; gap: 12px; padding: 8px 0; color: inherit; text-decoration: none; border-bottom: 1px solid #8884; }
  .row i { flex: none; width: 36px; height: 36px; border-radius: 50%; background: #8fb0ff; }
  .column { display: flex; flex-direction: column; min-width: 0; flex: 1; }
  .line { display: flex; align-items: center; min-width: 0; max-width: 100%; }
  .name { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; font-weight: 600; }
  .muted { color: #75808c; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  a { color: inherit } .title { font-size: 28px; line-height: 34px; font-weight: 700; }
  .lh16 { line-height: 16px } .lh18 { line-height: 18px } .lh20 { line-height: 20px } .lh24 { line-height: 24px }
  .tall { min-height: 100vh; padding: 4px 20px; box-sizing: border-box; }
  [data-testid=profileView] { padding: 12px 0; }`;

const STRICT =
  "default-src 'none'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/** Serves a page for bsky.app and has the background find what the rows say. */
async function show(html: string, rows: Row[], policy = STRICT): Promise<void> {
  await page.route('https://bsky.app/**', (route) =>
    route.request().url().endsWith('.css')
      ? route.fulfill({ contentType: 'text/css', body: STYLE })
      : route.fulfill({
          contentType: 'text/html; charset=utf-8',
          body: html,
          headers: { 'content-security-policy': policy },
        }),
  );
  await answerWith(rows);
  await page.goto('https://bsky.app/profile/you.example/followers');
}

/** What the background answers, and what it was asked. */
interface Background {
  found: Record<string, Found>;
  answer: Answer;
  asked: { type: string; account: ShownAccount }[];
}

/** In the real background, before its own answer: the first that answers is heard. */
async function answerWith(rows: Row[], answer: Answer = { failure: 'away' }): Promise<void> {
  const found = Object.fromEntries(rows.map(({ handle, found }) => [handle, found]));
  const told: Background = { found, answer, asked: [] };
  await background().evaluate((told) => {
    const home = globalThis as unknown as { told?: Background; chrome: typeof browser };
    const isNew = home.told === undefined;
    home.told = told;
    if (!isNew) return;
    const nothing = { listing: null, hidden: false, departure: null };
    type Asked =
      | { type: 'lookup'; accounts: ShownAccount[] }
      | { type: 'ask' | 'hide'; account: ShownAccount }
      | { type: 'wants' };
    home.chrome.runtime.onMessage.addListener(
      (message: Asked, _: unknown, send: (answer: unknown) => void): undefined => {
        const { found, answer, asked } = home.told!;
        if (message.type === 'lookup') {
          send(message.accounts.map(({ handle }) => found[handle ?? ''] ?? nothing));
          return;
        }
        if (message.type === 'wants') return; // asks about nobody
        asked.push(message);
        if (message.type === 'ask') send(answer);
        else found[message.account.handle ?? ''] = { ...nothing, hidden: true };
      },
    );
  }, told);
}

const background = () => chromium.context.serviceWorkers()[0]!;

const asked = () => background().evaluate(() => (globalThis as unknown as { told: Background }).told.asked);

const badges = () => page.locator('[data-fairfollow] button.badge');
const card = () => page.getByRole('dialog');

async function animationsEnded(): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().length === 0);
}

async function openCard(): Promise<void> {
  await badges().first().hover();
  await expect(card()).toBeVisible();
  await animationsEnded();
}

async function findings(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include('[data-fairfollow]').analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

const GWEN = STATES[0]!;
const ROSA = STATES[6]!;
const rows = (list: Row[], ground = 'light') =>
  `<main class="${ground}" data-testid="profileFollowersScreen">${list.map(row).join('')}</main>`;
const profile = (one: Row, ground = 'light') => `<main class="tall ${ground}">${header(one)}</main>`;

const HELD: HeldVerdict[] = [
  { ...CHURN, missing: [] },
  {
    ...CHURN,
    practice: 'auto-follow-back',
    standing: 'signs',
    statement: '1–28 Nov, 64 follows received. About 71 in 100 were returned within 24 hours (at least 58).',
    missing: [{ code: 'throwaway-followers', have: 11.9, need: 30, detail: '' }],
  },
  {
    ...CHURN,
    practice: 'auto-dm',
    standing: 'unknown',
    statement: 'Too little evidence.',
    missing: [
      { code: 'recipients', have: 2, need: 5, detail: '' },
      { code: 'observer-clusters', have: 1, need: 3, detail: '' },
    ],
  },
  {
    ...CHURN,
    practice: 'buys-followers',
    standing: 'not-found',
    statement: '400 followers sampled. About 3 in 100 look fake (at most 6).',
    missing: [],
  },
  {
    ...CHURN,
    practice: 'never-replies',
    standing: 'cleared',
    statement: 'Reviewed by two people: the pattern is not there.',
    missing: [],
  },
];
const ANSWER: Answer = {
  assessment: {
    account: { network: 'bluesky', handle: GWEN.handle, nativeId: null },
    status: 'assessed',
    verdicts: HELD,
    page: `https://fairfollow.example/accounts/bluesky/${GWEN.handle}`,
    asOf: '2026-11-22T10:00:00Z',
    stale: false,
  },
};

for (const colors of ['none', 'active'] as const) {
  test(`every state on every ground, forced colours ${colors}`, async () => {
    await page.emulateMedia({ forcedColors: colors });
    await page.setViewportSize({ width: 1600, height: 800 });
    const grounds = ['light', 'dim', 'dark', 'black'];
    const body = grounds
      .map((ground) => `<section class="${ground}">${rows(STATES, ground)}${header(ROSA)}</section>`)
      .join('');
    await show(sheet(`<main class="sheet">${body}</main>`), [...STATES]);
    await expect(badges()).toHaveCount(4 * (STATES.length + 1));
    await page.screenshot({ path: test.info().outputPath('sheet.png'), fullPage: true });
    expect(await findings()).toEqual([]);
    if (colors === 'active') return; // every ground is the reader's own
    // The theme is that of what is behind each badge, not that of the system.
    const themes = await page
      .locator('[data-fairfollow] .root')
      .evaluateAll((roots) => roots.map((root) => (root as HTMLElement).dataset.theme));
    expect(themes.filter((theme) => theme === 'light')).toHaveLength(STATES.length + 1);
    for (const ground of ['light', 'black'])
      await takePicture(`badge-states-${ground}`, (options) =>
        page.locator(`section.${ground}`).screenshot(options),
      );
  });
}

test('the form tells the standing without its colour', async () => {
  await show(sheet(rows(STATES)), STATES);
  await expect(badges()).toHaveCount(STATES.length);
  const forms = await page.locator('.mark').evaluateAll((marks) =>
    marks.map((mark) => {
      const { backgroundColor, borderTopColor } = getComputedStyle(mark);
      const tail = getComputedStyle(mark, '::after').content !== 'none';
      return [
        mark.classList[1],
        backgroundColor === borderTopColor ? 'filled' : 'outlined',
        tail ? 'notch' : '',
      ].join(' ');
    }),
  );
  expect(new Set(forms)).toEqual(
    new Set([
      'likely outlined ',
      'confirmed filled ',
      'confirmed filled notch',
      'likely outlined notch',
      'record outlined ',
    ]),
  );
});

for (const lineHeight of [16, 18, 20, 24]) {
  test(`a row of ${lineHeight} px lines is as high with a badge as without, and cuts nothing off it`, async () => {
    const plain = { name: 'Nobody Listed', handle: 'nobody-listed.example', found: departed() };
    await show(sheet(rows([...STATES, plain], `light lh${lineHeight}`)), STATES);
    await expect(badges()).toHaveCount(STATES.length);
    const heights = await page
      .locator('a.row')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    expect(new Set(heights).size).toBe(1);
    const cut = await page.locator('[data-fairfollow]').evaluateAll(
      (hosts) =>
        hosts.filter((host) => {
          const mark = host.shadowRoot!.querySelector('.mark')!.getBoundingClientRect();
          const line = host.parentElement!.getBoundingClientRect();
          return mark.top < line.top || mark.bottom > line.bottom || mark.right > line.right;
        }).length,
    );
    expect(cut).toBe(0);
  });
}

test('a header says as much of a departure as leaves the page as it was', async () => {
  const full = 'followed and left you (3 Mar → 5 Mar)';
  const long = {
    ...ROSA,
    name: 'Rosa Marín of the Long Names That Fill a Whole Line',
    handle: 'long.example',
  };
  const heights: number[] = [];
  for (const [one, width, words] of [
    [ROSA, 700, full],
    [ROSA, 400, 'Left you 5 Mar'],
    [long, 960, ''],
  ] as const) {
    await page.setViewportSize({ width, height: 600 });
    await show(sheet(profile(one)), [one]);
    await expect(page.getByRole('button', { name: full })).toHaveCount(1);
    const seen = page.locator('.record .words').filter({ visible: true });
    await expect(seen).toHaveText(words === '' ? [] : [words]);
    heights.push(await page.locator('.title').evaluate((title) => title.getBoundingClientRect().height));
  }
  expect(heights).toEqual([34, 34, 34]);
});

test('focus opens, Enter goes in, Tab goes through and out, Esc comes back', async () => {
  await show(
    sheet(
      `<main data-testid="profileFollowersScreen"><button id="before">Before</button>${row(GWEN)}</main>`,
    ),
    [GWEN],
  );
  await expect(badges()).toHaveCount(1);
  await page.locator('#before').focus();
  await page.keyboard.press('Tab'); // the row itself
  await page.keyboard.press('Tab');
  await expect(badges()).toBeFocused();
  await expect(badges()).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Enter');
  await expect(card()).toBeFocused();
  for (const [role, name] of [
    ['button', 'Look up all practices'],
    ['link', 'See the evidence'],
    ['button', 'Report…'],
    ['button', 'Hide here'],
  ] as const) {
    await page.keyboard.press('Tab');
    await expect(card().getByRole(role, { name })).toBeFocused();
  }
  await page.keyboard.press('Escape');
  await expect(card()).toHaveCount(0);
  await expect(badges()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(card()).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter'); // at the badge again: closes what it opened
  await expect(card()).toHaveCount(0);
  await expect(badges()).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(card()).toHaveCount(0);
  expect(page.url()).toMatch(/you\.example\/followers$/);
});

test('a tap opens, another beside it closes, and the row’s link is not followed', async () => {
  await show(sheet(rows([GWEN])), [GWEN]);
  await expect(badges()).toHaveCount(1);
  const session = await chromium.context.newCDPSession(page);
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  const tap = async (x: number, y: number) => {
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  const { x, y, width, height } = (await badges().boundingBox())!;
  // A finger is not as exact as a pointer.
  await tap(x + width / 2, y + height + 4);
  await expect(card()).toBeVisible();
  await card().locator('.statement').click();
  await expect(card()).toBeVisible();
  await tap(900, 700);
  await expect(card()).toHaveCount(0);
  expect(page.url()).toMatch(/you\.example\/followers$/);
});

test('the card stays while the pointer is on its way, and goes with it', async () => {
  await show(sheet(rows([GWEN])), [GWEN]);
  await openCard();
  await card().getByRole('link').hover();
  await expect(card()).toBeVisible();
  await page.mouse.move(900, 700);
  await expect(card()).toHaveCount(0);
});

test('hiding can be undone by the keyboard, and else happens once', async () => {
  await show(sheet(rows([GWEN, ROSA])), [GWEN, ROSA]);
  await badges().first().click();
  const hide = card().getByRole('button', { name: 'Hide here' });
  await hide.press('Enter');
  await expect(card()).toHaveText(/Hidden here\./);
  const undo = card().getByRole('button', { name: 'Undo' });
  await expect(undo).toBeFocused();
  await undo.press('Enter');
  await expect(hide).toBeFocused();
  await page.keyboard.press('Escape');
  expect(await asked()).toEqual([]);
  await expect(badges()).toHaveCount(2);

  await badges().first().click();
  await hide.click();
  await page.keyboard.press('Escape');
  await expect(badges()).toHaveCount(1);
  expect((await asked()).map(({ type, account }) => [type, account.handle])).toEqual([['hide', GWEN.handle]]);
});

test('what was hidden stays so when the page goes at once', async () => {
  await show(sheet(rows([GWEN])), [GWEN]);
  await badges().click();
  await card().getByRole('button', { name: 'Hide here' }).click();
  await page.goto('about:blank');
  await expect.poll(asked).toHaveLength(1);
});

for (const ground of ['light', 'dark'] as const) {
  test(`the card of a listed account, ${ground}`, async () => {
    await page.setViewportSize({ width: 640, height: 700 });
    const found = { ...GWEN, found: listed(GWEN.handle, verdict()) };
    await show(sheet(profile(found, ground)), [found]);
    await openCard();
    await expect(card().locator('dl > div')).toHaveCount(4);
    expect(await findings()).toEqual([]);
    await takePicture(`card-${ground}`, (options) => page.screenshot(options));
  });

  test(`all practices, on request only, ${ground}`, async () => {
    await page.setViewportSize({ width: 640, height: 860 });
    const found = { ...GWEN, found: { ...departed(), departure: LEFT } };
    await show(sheet(profile(found, ground)), [found]);
    await openCard();
    await takePicture(`card-departure-${ground}`, (options) =>
      page.screenshot({ ...options, clip: { x: 0, y: 0, width: 640, height: 440 } }),
    );
    expect(await findings()).toEqual([]);
    const button = card().getByRole('button', { name: 'Look up all practices' });
    await expect(button).toHaveAccessibleDescription(/^Sends this account’s name to /);
    expect(await asked()).toEqual([]);
    await button.press('Enter');
    await expect(card().getByRole('status')).toHaveText('The service does not answer.');

    await answerWith([found], ANSWER);
    const again = card().getByRole('button', { name: 'Try again' });
    await expect(again).toBeFocused();
    await again.press('Enter');
    const list = card().getByRole('list', { name: 'All practices' });
    await expect(list).toBeFocused();
    await expect(list.locator('.name')).toHaveText([
      'Follow-churn',
      'Follow-back of anyone',
      'Never replies',
      'Followers in batches',
      'Same message on follow',
    ]);
    await expect(list.locator('.standing')).toHaveText([
      'Likely',
      'Signs',
      'Cleared',
      'Not found',
      'Too little evidence',
    ]);
    await expect(list).toContainText('Followers that look thrown away: 11; at least 30 are needed');
    await expect(list).not.toContainText('Too little evidence.');
    await expect(list.locator('li').first()).toContainText('Could also be someone tidying');
    await expect(card().getByRole('status')).toContainText('What the service holds, as of 22 Nov 2026');
    await expect(card().getByRole('link', { name: 'See the evidence' })).toHaveCount(1);
    expect(await asked()).toEqual([
      {
        type: 'ask',
        account: expect.objectContaining({ handle: GWEN.handle }) as unknown,
        // The one that was named there.
        service: expect.stringMatching(/^https?:/) as unknown,
      },
    ]);
    expect(await findings()).toEqual([]);
    await takePicture(`card-look-up-${ground}`, (options) => page.screenshot(options));

    // The answer is still there for who comes back to it, without asking once more.
    await page.keyboard.press('Escape');
    await badges().click();
    await expect(list).toBeVisible();
    expect(await asked()).toHaveLength(1);
  });
}

test('several verdicts and the record in one card, which scrolls and leaves no window', async () => {
  const found = {
    ...listed(
      GWEN.handle,
      verdict({ disputed: true }),
      verdict({ practice: 'auto-dm', standing: 'confirmed' }),
    ),
    departure: LEFT,
  };
  // A window of 640 px at 200 %.
  await page.setViewportSize({ width: 320, height: 420 });
  await show(sheet(rows([{ ...GWEN, found }])), [{ ...GWEN, found }]);
  await openCard();
  await expect(card().getByRole('heading')).toHaveText([
    'Follow-churn',
    'Same message on follow',
    'followed and left you (3 Mar → 5 Mar)',
  ]);
  await expect(card().getByRole('link', { name: 'Read them' })).toHaveAttribute(
    'href',
    /^https:\/\/fairfollow\.example\//,
  );
  const box = (await card().boundingBox())!;
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.y).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(320);
  expect(box.y + box.height).toBeLessThanOrEqual(420);
  expect(await card().evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await expect(card().getByRole('button', { name: 'Hide here' })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

test('on a page written from right to left, badge and card are on its side and read in their own', async () => {
  await show(sheet(rows([GWEN]), 'dir="rtl"'), [GWEN]);
  await openCard();
  const [name, mark, box] = await Promise.all(
    [page.locator('.name'), page.locator('.mark'), card()].map((one) => one.boundingBox()),
  );
  expect(mark!.x + mark!.width).toBeLessThanOrEqual(name!.x);
  expect(box!.x + box!.width).toBeCloseTo(mark!.x + mark!.width, -1);
  await expect(card().locator('.statement')).toHaveCSS('direction', 'ltr');
});

test('what a service wrote is text, and no more of it than fits', async () => {
  const statement = `<img src=x onerror=alert(1)> ${'<b>12</b> '.repeat(50)}${'x'.repeat(10_000)}`;
  const found = listed(GWEN.handle, verdict({ statement, disputed: true }));
  found.listing!.page = 'javascript:alert(1)';
  await show(sheet(rows([GWEN])), [{ ...GWEN, found }]);
  await openCard();
  await expect(card().locator('img, .statement b b')).toHaveCount(0);
  await expect(card().getByRole('link')).toHaveCount(0);
  expect(await card().evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  expect((await card().boundingBox())!.height).toBeLessThanOrEqual(760);
});

test('pages that forbid styles and markup from others are dressed all the same', async () => {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  const policy =
    "default-src 'none'; style-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
  await show(sheet(rows([GWEN])), [GWEN], policy);
  await openCard();
  await expect(page.locator('.mark')).toHaveCSS('border-radius', '999px');
  await expect(card()).toHaveCSS('position', 'fixed');
  // The page's own sheet is what the policy keeps out.
  expect(complaints.filter((complaint) => !complaint.includes('/sheet.css'))).toEqual([]);
});

test('a theme that the page changes is followed', async () => {
  await show(sheet(rows([GWEN], '')), [GWEN]);
  const theme = page.locator('[data-fairfollow] .root');
  await expect(theme).toHaveAttribute('data-theme', 'light');
  await page.evaluate(() => {
    document.body.className = 'black';
  });
  await expect(theme).toHaveAttribute('data-theme', 'dark');
});

test('motion is left out for who wants none', async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await show(sheet(rows([GWEN])), [GWEN]);
  await badges().hover();
  await expect(card()).toHaveCSS('animation-name', 'none');
});

test('one way or another, a badge says all there is for who cannot see it', async () => {
  await show(sheet(rows(STATES)), STATES);
  await expect(badges()).toHaveCount(STATES.length);
  const labels = await badges().evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  expect(labels.slice(-6)).toEqual([
    'Follow-back of anyone, Reviewed, disputed: details',
    'Unfollow-shaming, Likely, disputed: details',
    'Automated promotion, Likely: details',
    'Left you 5 Mar, followed and left you (3 Mar → 5 Mar): details',
    'Left you 5 Mar?, followed and left you (by 3 Mar → 5 Mar); may be a block or suspension: details',
    'Follow-churn, Reviewed, followed and left you (3 Mar → 5 Mar): details',
  ]);
});
