import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { browser } from 'wxt/browser';
import { build } from './browsers';
import { castFromTruth, serviceUnderTest } from './cast';
import { startFirefox, type Firefox, type Target } from './marionette';
import { codeOf, invite, newName, PASSWORD, REASONS } from './moderators';
import { takePicture } from './pictures';
import { fill, fixture, startSite, type Cast, type FixtureSite } from './site';
import { startTestService, type ListedAccount, type TestService } from './testService';

/* What differs between browsers, in real Firefox: pages of the extension, permissions, focus, style in strict pages. */

const CAST: Cast = {
  name: 'Growth by Gwen',
  handle: 'gwen.growth.example',
  did: 'did:plc:growthgrowthgrowthgrowth',
  organicHandle: 'rosa.example',
  organicDid: 'did:plc:rosarosarosarosarosarosa',
};
const GWEN: ListedAccount = { network: 'bluesky', handle: CAST.handle, nativeId: CAST.did };
const PROFILE = `https://bsky.app/profile/${CAST.handle}`;
const FOLLOWERS = 'https://bsky.app/profile/you.example/followers';
const FOOTER =
  '<footer><h2>mastodon.social:</h2><a href="/about">About<span class="sr-only"> mastodon.social</span></a></footer>';

const inBadge = (css: string) => `[data-fairfollow] >>> ${css}`;
const BADGE = inBadge('button.badge');
const CARD = inBadge('.card');

let firefox: Firefox;
let site: FixtureSite;
let service: TestService;

test.beforeAll(async () => {
  site = await startSite(CAST);
  firefox = await startFirefox(site.port);
});

test.afterAll(async () => {
  await firefox.close();
  await site.close();
});

test.beforeEach(async () => {
  service = await startTestService([
    GWEN,
    { network: 'x', handle: 'gwen_example', nativeId: '1000000001' },
    { network: 'mastodon', handle: 'gwen@growth.example', nativeId: 'https://growth.example/users/gwen' },
  ]);
  await chooseService(service.url);
});

test.afterEach(async () => {
  await open('options');
  await firefox.run(() =>
    (globalThis as unknown as { browser: typeof browser }).browser.storage.local.clear(),
  );
  await service.close();
  site.cast = CAST;
  site.pages.clear();
  site.hosts.clear();
});

const open = (page: string) => firefox.go(`${firefox.extension}/${page}.html`);
const named = () => service.requests.map(({ url }) => url).filter((url) => url.startsWith('/v1/accounts/'));

/** Waits until a text is somewhere in what matches. */
async function see(target: Target, text: string | RegExp): Promise<void> {
  const matches = typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text);
  await expect.poll(() => firefox.texts(target)).toContainEqual(matches);
}

async function seeNone(target: Target): Promise<void> {
  await expect.poll(() => firefox.texts(target)).toEqual([]);
}

async function fillIn(field: Target, text: string): Promise<void> {
  await firefox.click(field);
  await firefox.run(() => {
    (document.activeElement as HTMLInputElement).select();
  });
  await firefox.type(text);
}

/** Chooses a service as a user would. */
async function chooseService(address: string): Promise<void> {
  await open('options');
  await fillIn('#service', address);
  await firefox.click(['button', 'Save']);
  await see('#service-outcome', 'Saved.');
  await see('#service-section', 'Reachable');
}

for (const { name, address, html, badges } of [
  {
    name: 'X',
    address: 'https://x.com/home',
    html: () => styled(fixture('x/timeline.html'), 'x/site.css'),
    badges: 3,
  },
  {
    name: 'Bluesky',
    address: 'https://bsky.app/notifications',
    html: () => styled(fill(fixture('notifications.html'), { ...CAST }), 'site.css'),
    badges: 1,
  },
  {
    name: 'Mastodon',
    address: 'https://mastodon.social/@you/followers',
    html: mastodon,
    badges: 1,
  },
]) {
  test(`Firefox: badges on ${name}, beside who is listed and nobody else`, async () => {
    site.pages.set(address.replace('https://', ''), html());
    await firefox.go(address);
    await expect.poll(() => firefox.texts(BADGE)).toHaveLength(badges);
    const lines = await firefox.run(() =>
      Array.from(document.querySelectorAll('[data-fairfollow]'), (host) => host.parentElement?.textContent),
    );
    for (const line of lines) expect(line).toContain(CAST.name);
  });
}

function mastodon(): string {
  const values = { user: 'gwen', domain: 'growth.example', acct: 'gwen@growth.example', footer: FOOTER };
  const content = fill(fixture('mastodon/followers.html'), values);
  return styled(fill(fixture('mastodon/shell.html'), { ...values, content }), 'mastodon/site.css');
}

const styled = (html: string, css: string) =>
  html.replace('</head>', `<style>${fixture(css)}</style></head>`);

test('Firefox: the card opens by pointer and by key, and Esc closes it', async () => {
  await firefox.go(PROFILE);
  await firefox.hover(BADGE);
  await see(inBadge('.card .statement'), 'about 59 in 100 were dropped');
  await firefox.press('Escape');
  await seeNone(CARD);

  await firefox.run(() => {
    document.querySelector<HTMLElement>('[data-testid=profileHeaderAviButton]')?.focus();
  });
  await firefox.press('Tab');
  await see(CARD, 'about 59 in 100 were dropped');
  await firefox.press('Enter');
  await expect.poll(focused).toBe('card');
  await firefox.press('Escape');
  await seeNone(CARD);
  expect(await focused()).toContain('badge');
});

/** The class of what has the focus in a badge. */
const focused = () =>
  firefox.run(() => {
    const inside = document.querySelector(':focus')?.shadowRoot?.activeElement;
    return inside?.className ?? '';
  });

test('Firefox: a press in the card of a row leaves it open; looked up by name on the click only', async () => {
  await firefox.go(FOLLOWERS);
  // The focus is in the card, and Firefox gives it to the row's link when something in there is pressed.
  await firefox.click(BADGE);
  await expect.poll(focused).toBe('card');
  await firefox.click(inBadge('.card .statement'));
  expect(named()).toEqual([]);
  await firefox.click(['[data-fairfollow] >>> .card button', 'Look up all practices']);
  await see(inBadge('.card li'), '12 of 14 were followed back.');
  expect(named()).toEqual([`/v1/accounts/bluesky/${encodeURIComponent(CAST.did)}`]);
  expect(await firefox.run(() => location.pathname)).toBe(new URL(FOLLOWERS).pathname);
});

test('Firefox: hiding from the card, undone there, done, and undone in the options', async () => {
  await firefox.go(FOLLOWERS);
  await firefox.hover(BADGE);
  await firefox.click(inBadge('.hide'));
  await see(CARD, 'Hidden here.');
  await firefox.click([inBadge('button'), 'Undo']);
  await see(CARD, 'about 59 in 100 were dropped');
  await firefox.click(inBadge('.hide'));
  await see(CARD, 'Hidden here.');
  await firefox.press('Escape');
  await seeNone(BADGE);
  await open('options');
  await firefox.click(['button', `Show again: ${CAST.handle}`]);
  await firefox.go(FOLLOWERS);
  await expect.poll(() => firefox.texts(BADGE)).toHaveLength(1);
});

test('Firefox: the account page looks up what is typed', async () => {
  await open('account');
  await fillIn('#account', `bsky.app/profile/${CAST.handle}`);
  expect(named()).toEqual([]);
  await firefox.press('Enter');
  await see('main, body', '12 of 14 were followed back.');
  expect(named()).toEqual([`/v1/accounts/bluesky/${CAST.handle}`]);
});

/** The popup in a tab of its own, behind the page it is about. */
async function popupOver(pattern: string): Promise<void> {
  await firefox.openTab();
  await open('popup');
  await firefox.run(async (url) => {
    const { tabs } = (globalThis as unknown as { browser: typeof browser }).browser;
    const [page] = await tabs.query({ url });
    await tabs.update(page?.id ?? -1, { active: true });
  }, pattern);
  await open('popup');
}

test('Firefox: the popup knows the page in front', async () => {
  await firefox.go(PROFILE);
  await expect.poll(() => firefox.texts(BADGE)).toHaveLength(1);
  await popupOver('https://bsky.app/*');
  await see('body', 'about 59 in 100 were dropped');
  await see('body', 'Reachable');
  await firefox.closeTab();
});

test('Firefox: the popup adds another server, and its pages have badges at once', async () => {
  const address = 'https://mastodon.example/@you/followers';
  site.pages.set(address.replace('https://', ''), mastodon());
  await firefox.go(address);
  await popupOver('https://mastodon.example/*');
  await firefox.click(['button', 'Show badges on mastodon.example']);
  await see('body', 'This page is not a profile.');
  await firefox.closeTab();
  await expect.poll(() => firefox.texts(BADGE)).toHaveLength(1);
  await firefox.go(address);
  await expect.poll(() => firefox.texts(BADGE)).toHaveLength(1);
});

test('Firefox: the context menu has its items', async () => {
  await open('account');
  // An item that is not there cannot be changed.
  await firefox.run(
    async (ids) => {
      const { contextMenus } = (globalThis as unknown as { browser: typeof browser }).browser;
      for (const id of ids) await contextMenus.update(id, { enabled: true });
    },
    [
      ...['profile-link', 'server-link', 'page'],
      ...['report-profile-link', 'report-server-link', 'report-message'],
    ],
  );
});

test('Firefox: a background that was stopped comes back when it is asked', async () => {
  await firefox.go('about:blank');
  await firefox.stopBackground();
  await firefox.go(FOLLOWERS);
  await firefox.hover(BADGE);
  await firefox.stopBackground();
  await firefox.click(['[data-fairfollow] >>> .card button', 'Look up all practices']);
  await see(inBadge('.card li'), '12 of 14 were followed back.');
});

test('Firefox: a tap on the badge opens the card, and one beside it closes it', async () => {
  await firefox.go(FOLLOWERS);
  await firefox.tap(BADGE);
  await see(CARD, 'about 59 in 100 were dropped');
  await firefox.tap('h1');
  await seeNone(CARD);
  expect(await firefox.run(() => location.pathname)).toBe(new URL(FOLLOWERS).pathname);
});

test('Firefox: settings go into a file', async () => {
  await open('options');
  await firefox.click(['button', 'Export']);
  const path = join(firefox.downloads, 'fairfollow-settings.json');
  await expect.poll(() => existsSync(path) && readFileSync(path, 'utf8')).toContain(service.url);
});

test('Firefox: who left is found by reading the list again, and told by a badge', async () => {
  test.setTimeout(120_000);
  let followers = [CAST.organicHandle, ...PEOPLE];
  site.hosts.set('public.api.bsky.app', (url) => ({ body: bluesky(url, followers) }));
  await open('record');
  await fillIn('form input[type=text]', '@nora.example');
  await firefox.click(['button', 'Add']);
  await see('[role=status]', '8 followers');

  followers = PEOPLE;
  // One reading is no evidence, nor is a second one right after it.
  for (const times of [1, 2]) {
    await letTimePass();
    await firefox.click(['button', 'Check now']);
    if (times === 1) await see('section', '1 account was missing from the last reading.');
  }
  await see('tbody tr', new RegExp(`${CAST.organicHandle}.*CertainReport…$`));
  await firefox.go(FOLLOWERS);
  await see('[data-fairfollow] >>> button', /Left you/);
});

const PEOPLE = ['ada', 'bea', 'cleo', 'dana', 'eve', 'flo', 'gil'].map((name) => `${name}.example`);

const DIDS: Record<string, string> = {
  [CAST.organicHandle]: CAST.organicDid,
  [CAST.handle]: CAST.did,
};

const didOf = (handle: string) => DIDS[handle] ?? `did:plc:${handle.replace('.', '').repeat(3).slice(0, 24)}`;

/** What the public interface answers about Nora, who has these followers. */
function bluesky(url: URL, followers: string[]): unknown {
  const profile = (handle: string) => ({ did: didOf(handle), handle, displayName: handle });
  const nora = { ...profile('nora.example'), followersCount: followers.length };
  const asked = [...url.searchParams.getAll('actors'), ...url.searchParams.getAll('others')];
  const everybody = [CAST.organicHandle, CAST.handle, ...PEOPLE].filter((one) => asked.includes(didOf(one)));
  switch (url.pathname.replace('/xrpc/', '')) {
    case 'app.bsky.actor.getProfile':
      return nora;
    case 'app.bsky.graph.getFollowers':
      return { subject: nora, followers: followers.map(profile) };
    case 'app.bsky.actor.getProfiles':
      return { profiles: everybody.map(profile) };
    default:
      return { relationships: everybody.map((handle) => ({ did: didOf(handle) })) };
  }
}

/** Sets all that was recorded back by twenty minutes: readings close together count as one. */
async function letTimePass(): Promise<void> {
  await firefox.run(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result);
        };
        request.onerror = () => {
          reject(new Error(String(request.error)));
        };
      });
    const instants = /"(\d{4}-\d\d-\d\dT[\d:.]+Z)"/g;
    const earlier = (_: string, at: string) => `"${new Date(Date.parse(at) - 20 * 60_000).toISOString()}"`;
    const database = await done(indexedDB.open('fairfollow-record'));
    const transaction = database.transaction(['owns', 'followers'], 'readwrite');
    for (const name of ['owns', 'followers']) {
      const store = transaction.objectStore(name);
      for (const row of await done<unknown[]>(store.getAll()))
        await done(store.put(JSON.parse(JSON.stringify(row).replace(instants, earlier))));
    }
    database.close();
  });
}

test('Firefox: a listed follower is found among all', async () => {
  site.hosts.set('public.api.bsky.app', (url) => ({ body: bluesky(url, [...PEOPLE, CAST.handle]) }));
  await open('followers');
  await fillIn('form input[type=text]', 'nora.example');
  await firefox.click(['button', 'Check']);
  await see('body', '1 of note among 8 followers.');
  await see('tbody tr', /gwen\.growth\.example.*Follow-churn.*Likely/);
});

test('Firefox: nothing is contributed before it is chosen, and Firefox is asked for it, too', async () => {
  await firefox.go(PROFILE);
  await expect.poll(() => firefox.texts(BADGE)).toHaveLength(1);
  await open('options');
  await see('#contribution', 'Numbers on profiles you open');
  const isOn = () =>
    firefox.run(() => document.querySelector<HTMLInputElement>('#contribution-counters')?.checked);
  expect(await isOn()).toBe(false);
  const granted = () =>
    firefox.run(async () => {
      const { permissions } = (globalThis as unknown as { browser: typeof browser }).browser;
      return ((await permissions.getAll()) as { data_collection?: string[] }).data_collection;
    });
  expect(await granted()).toEqual([]);
  await firefox.click('#contribution-counters');
  await expect.poll(isOn).toBe(true);
  expect((await granted())?.sort()).toEqual(['browsingActivity', 'websiteContent']);
  await see('#contribution', 'Nothing waits.');
  expect(service.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('Firefox: from the card’s dialog to a report the service took, and back', async () => {
  await firefox.go(FOLLOWERS);
  await firefox.hover(BADGE);
  const leaving = await firefox.switchToTabOf(() =>
    firefox.click(['[data-fairfollow] >>> .card button', 'Report…']),
  );
  await see('.name', CAST.handle);
  await firefox.click('input[value=follow-churn]');
  await firefox.click('#report-note');
  await firefox.type('Twice within a month.');
  const literal = await firefox.run(() => document.querySelector('.literal')?.textContent);
  expect(service.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  await firefox.click('button[type=submit]');
  await see('h2', `Your report on ${CAST.handle} was received`);
  const told = service.requests.filter(({ method, url }) => method === 'POST' && url === '/v1/reports');
  expect(told.map(({ body }) => body)).toEqual([literal]);
  await open('reports');
  await see('.reports li', /Follow-churn.*Received.*Twice within a month\./);
  await firefox.click(['.reports button', `Withdraw: ${CAST.did}`]);
  await firefox.click(['.reports button', `Withdraw for good: ${CAST.did}`]);
  await see('section', 'You have reported nobody.');
  expect([...service.reporters.reports.values()].flat()).toEqual([]);
  await leaving();
});

test('Firefox: a report that could not go waits, over the end of the background', async () => {
  service.reporters.away = true;
  await open('report');
  await firefox.click('#report-account');
  await firefox.type(CAST.organicHandle);
  await firefox.click('input[value=never-replies]');
  await firefox.click('button[type=submit]');
  await see('h2', 'Not sent yet');
  await open('reports');
  await see('.reports li', CAST.organicHandle);
  await firefox.stopBackground();
  service.reporters.away = false;
  await firefox.click(['button', 'Try now']);
  await see('section', /^Sent.*Never replies.*Received/);
  expect([...service.reporters.reports.values()].flat()).toHaveLength(1);
});

test('Firefox: badge and card keep their looks where a page forbids styles and markup from text', async () => {
  const policy = `<meta http-equiv="Content-Security-Policy" content="require-trusted-types-for 'script'; style-src 'none'">`;
  const html = fill(fixture('profile.html'), { ...CAST }).replace('<meta charset="utf-8">', `$&${policy}`);
  site.pages.set(`bsky.app/profile/${CAST.handle}`, html.replace('<body>', '<body style="color: red">'));
  await firefox.go(PROFILE);
  await firefox.hover(BADGE);
  await see(CARD, 'about 59 in 100 were dropped');
  const looks = await firefox.run(() => {
    const { shadowRoot } = document.querySelector('[data-fairfollow]')!;
    const { position, backgroundColor, borderRadius } = getComputedStyle(shadowRoot!.querySelector('.card')!);
    return { page: getComputedStyle(document.body).color, position, backgroundColor, borderRadius };
  });
  expect(looks).toMatchObject({ page: 'rgb(0, 0, 0)', position: 'fixed' });
  expect(looks.backgroundColor).not.toBe('rgba(0, 0, 0, 0)');
  expect(looks.borderRadius).not.toBe('0px');
});

test('Firefox for Android has no context menus: all else works without', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairfollow-no-menus-'));
  cpSync(build('firefox-mv3-e2e'), folder, { recursive: true });
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { permissions: string[] };
  const permissions = manifest.permissions.filter((name) => name !== 'contextMenus');
  writeFileSync(path, JSON.stringify({ ...manifest, permissions }));
  try {
    await firefox.install(folder);
    await chooseService(service.url);
    const menus = () =>
      firefox.run(
        () => typeof (globalThis as unknown as { browser: Partial<typeof browser> }).browser.contextMenus,
      );
    expect(await menus()).toBe('undefined');
    await firefox.go(PROFILE);
    await expect.poll(() => firefox.texts(BADGE)).toHaveLength(1);
    await firefox.hover(BADGE);
    await see(CARD, 'about 59 in 100 were dropped');
  } finally {
    await firefox.install(build('firefox-mv3-e2e'));
    rmSync(folder, { recursive: true });
  }
});

test('Firefox: what the real service states', async () => {
  test.setTimeout(300_000);
  const real = serviceUnderTest();
  const { cast, statement } = await castFromTruth(real, 'firefox');
  site.cast = cast;
  await chooseService(real);
  await firefox.go(`https://bsky.app/profile/${cast.handle}`);
  await firefox.hover(BADGE);
  await expect.poll(() => firefox.texts(inBadge('.statement'))).toContain(statement);
  await expect.poll(animations).toBe(0);
  await takePicture('firefox', async ({ path }) => {
    writeFileSync(path, await firefox.screenshot());
  });
});

test('Firefox: the real service’s pages, in their frame, in their language, and from nowhere else', async () => {
  test.setTimeout(300_000);
  const real = serviceUnderTest();
  const { cast } = await castFromTruth(real, 'firefox');
  const account = `/accounts/bluesky/${cast.handle}`;
  for (const path of [
    '/',
    '/practices',
    '/marked?lang=es',
    '/privacy',
    '/status',
    '/api',
    account,
    '/nowhere',
  ]) {
    await firefox.go(real + path);
    const seen = await firefox.run(() => {
      const root = document.documentElement;
      return {
        headings: document.querySelectorAll('h1').length,
        language: root.lang,
        tooWide: Math.max(0, root.scrollWidth - root.clientWidth),
        cookies: document.cookie,
        elsewhere: performance
          .getEntriesByType('resource')
          .filter(({ name }) => !name.startsWith(`${location.origin}/`) && !name.startsWith('data:')).length,
      };
    });
    const language = path.endsWith('lang=es') ? 'es' : 'en';
    expect(seen, path).toEqual({ headings: 1, language, tooWide: 0, cookies: '', elsewhere: 0 });
    if (path === account) expect((await firefox.texts('main figure')).length).toBeGreaterThan(2);
  }
});

test('Firefox: reported, and cleared by a moderator: the open page has no badge within a minute', async () => {
  test.setTimeout(240_000);
  const real = serviceUnderTest();
  site.cast = (await castFromTruth(real, 'firefox')).cast;
  const { handle, did } = site.cast;
  await chooseService(real);
  await firefox.go(`https://bsky.app/profile/${handle}`);
  await firefox.hover(BADGE);
  const leaving = await firefox.switchToTabOf(() =>
    firefox.click(['[data-fairfollow] >>> .card button', 'Report…']),
  );
  await see('.name', handle);
  await firefox.click('input[value=follow-churn]');
  await firefox.click('button[type=submit]');
  // The proof of work is the real one.
  await expect
    .poll(() => firefox.texts('h2'), { timeout: 60_000 })
    .toContain(`Your report on ${handle} was received`);
  await leaving();
  await firefox.press('Escape');

  await firefox.openTab();
  await clearAtDesk(real, handle);
  await firefox.closeTab();
  await expect.poll(() => firefox.texts(BADGE), { timeout: 60_000 }).toEqual([]);
  await open('reports');
  await see('.reports li', new RegExp(`${did}.*Follow-churn.*Not upheld`));
});

/** From the invitation, as a moderator of these moments, to the ruling. */
async function clearAtDesk(real: string, handle: string): Promise<void> {
  await firefox.go(`${real}/moderation/invitation`);
  await fillIn('input[name=invitation]', invite(newName()));
  await firefox.press('Enter');
  await see('h1', 'Set up your account');
  const [key = ''] = await firefox.texts('.qr code');
  await fillIn('input[name=password]', PASSWORD);
  await fillIn('input[name=repeated]', PASSWORD);
  await fillIn('input[name=code]', codeOf(key));
  await firefox.click('button.primary');
  await see('h1', 'What waits');
  await firefox.go(`${real}/moderation?state=listed&practice=follow-churn`);
  await firefox.click(['ol.cases a', `@${handle}`]);
  await see('#follow-churn h3', 'Rule');
  await firefox.click('#follow-churn input[value=clear]');
  await firefox.click('#follow-churn textarea');
  await firefox.type(REASONS);
  await firefox.click('#follow-churn .ruling button');
  await see('#follow-churn h3', 'Rulings');
}

/** How much in badges is still moving. */
const animations = () =>
  firefox.run(() =>
    Array.from(document.querySelectorAll('[data-fairfollow]')).reduce(
      (count, { shadowRoot }) => count + (shadowRoot?.getAnimations().length ?? 0),
      0,
    ),
  );
