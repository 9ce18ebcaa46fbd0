import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { browser } from 'wxt/browser';
import { badgeOn, chooseService, lookedUp, newPage, startChromium, type Chromium } from './browsers';
import { takePicture } from './pictures';
import { startSite, type Cast, type FixtureSite } from './site';
import { startTestService, type TestService } from './testService';

/* Popup, options and account page: what each does, what is sent, and only when. */

const CAST: Cast = {
  name: 'Growth by Gwen',
  handle: 'gwen.growth.example',
  did: 'did:plc:growthgrowthgrowthgrowth',
  organicHandle: 'rosa.example',
  organicDid: 'did:plc:rosarosarosarosarosarosa',
};
const profile = (handle = CAST.handle) => `https://bsky.app/profile/${handle}`;
const MASTODON = `<!doctype html><html lang="en"><title>Social</title><body>
  <div id="mastodon" class="app-holder"></div><script id="initial-state" type="application/json">{}</script></body></html>`;

let chromium: Chromium;
let site: FixtureSite;
let service: TestService;
let page: Page;
let own: Page;

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
  await chooseService(chromium, service.url);
  page = await newPage(chromium);
  own = await chromium.context.newPage();
});

test.afterEach(async () => {
  if (own.url() === 'about:blank') await openAccountPage();
  await own.evaluate(() =>
    (globalThis as unknown as { chrome: typeof browser }).chrome.storage.local.clear(),
  );
  await own.close();
  await page.close();
  await service.close();
});

/** The popup as it would open over the page in front. */
async function openPopup(over: Page): Promise<void> {
  await own.setViewportSize({ width: 360, height: 600 });
  await own.goto(`${chromium.extension}/popup.html`);
  await over.bringToFront();
  await own.reload();
  await expect(own.getByText('Reachable')).toBeVisible();
}

const openOptions = () => own.goto(`${chromium.extension}/options.html`);
const openAccountPage = () => own.goto(`${chromium.extension}/account.html`);
const named = () => service.requests.map(({ url }) => url).filter((url) => url.startsWith('/v1/accounts/'));
const status = () => own.locator('#done');

test('popup: what is known of the account; its name is sent on the click and not before', async () => {
  await page.goto(profile());
  await expect(badgeOn(page)).toHaveCount(1);
  await openPopup(page);
  await expect(own.getByText('about 59 in 100 were dropped')).toBeVisible();
  await expect(own.getByText(`Sends the name ${CAST.handle} to ${new URL(service.url).host}`)).toBeVisible();
  expect(named()).toEqual([]);

  await own.getByRole('button', { name: 'Look up this account' }).click();
  const result = own.getByRole('group', { name: 'What the service holds' });
  await expect(result).toBeFocused();
  await expect(result.locator('summary')).toHaveText([
    'Follow-churnLikely',
    'Follow-back of anyoneSigns',
    'Unfollow-shamingCleared',
    'Followers in batchesNot found',
    'Same message on followToo little evidence',
    'Automated promotionToo little evidence',
    'Never repliesToo little evidence',
  ]);
  await expect(result.getByText('12 of 14 were followed back.')).toBeVisible();
  await result.getByText('Same message on follow').click();
  await expect(result.getByRole('list', { name: 'What is missing' })).toBeVisible();
  await expect(result.getByRole('link', { name: 'See the evidence' })).toHaveAttribute(
    'href',
    `${service.url}/accounts/bluesky/${CAST.handle}`,
  );
  expect(named()).toEqual([`/v1/accounts/bluesky/${encodeURIComponent(CAST.did)}`]);
  const sent = service.requests.find(({ url }) => url.startsWith('/v1/accounts/'))!;
  expect(sent).toMatchObject({ method: 'GET', body: '' });
  for (const header of ['cookie', 'referer', 'authorization'])
    expect(sent.headers).not.toHaveProperty(header);
});

test('popup: nothing of a look-up stays on the device', async () => {
  await page.goto(profile(CAST.organicHandle));
  await lookedUp(chromium, page);
  await openPopup(page);
  await expect(own.getByText(`Nothing is listed for ${CAST.organicHandle}.`)).toBeVisible();
  await own.getByRole('button', { name: 'Look up this account' }).click();
  await expect(own.getByText('The service has not seen this account.')).toBeVisible();
  const kept = await own.evaluate(async () => {
    const { storage } = (globalThis as unknown as { chrome: typeof browser }).chrome;
    return JSON.stringify([
      await storage.local.get(),
      await storage.session.get(),
      Object.entries(localStorage),
    ]);
  });
  expect(kept).not.toContain('rosa');
});

test('popup: hide and show again', async () => {
  await page.goto(profile());
  await expect(badgeOn(page)).toHaveCount(1);
  await openPopup(page);
  await own.getByRole('button', { name: 'Hide here' }).click();
  await expect(own.getByText(`You hid the badge of ${CAST.handle}.`)).toBeVisible();
  await expect(badgeOn(page)).toHaveCount(0);
  await own.getByRole('button', { name: 'Show again' }).click();
  await expect(own.getByText('about 59 in 100')).toBeVisible();
  await expect(badgeOn(page)).toHaveCount(1);
});

for (const [what, account, said] of [
  ['too many', { status: 429, headers: { 'retry-after': '3600' } }, 'wants to be asked again after'],
  ['away', { status: 503 }, 'The service does not answer.'],
  ['about somebody else', { body: { account: { network: 'x', handle: 'rosa' } } }, 'could not be trusted'],
  ['out of date', { body: { stale: true, status: 'not-listed', verdicts: [] } }, 'database is away'],
] as const) {
  test(`popup: an answer that is ${what}`, async () => {
    service.account = account;
    await page.goto(profile());
    await expect(badgeOn(page)).toHaveCount(1);
    await openPopup(page);
    await own.getByRole('button', { name: 'Look up this account' }).click();
    await expect(own.getByText(said).first()).toBeVisible();
    if (what !== 'away') return;
    service.account = {};
    await own.getByRole('button', { name: 'Try again' }).click();
    await expect(own.getByText('12 of 14 were followed back.')).toBeVisible();
  });
}

test('popup: badges on another server, and off again', async () => {
  site.pages.set('/@gwen', MASTODON);
  await page.goto('https://mastodon.example/@gwen');
  await openPopup(page);
  await own.getByRole('button', { name: 'Show badges on mastodon.example' }).click();
  // The content script runs in the open tab: the popup knows the page now.
  await expect(own.getByText('This page is not a profile.')).toBeVisible();
  expect(await registered()).toEqual(['host:mastodon.example']);
  await page.reload();
  await own.reload();
  await expect(own.getByText('This page is not a profile.')).toBeVisible();

  await openOptions();
  await own.getByRole('button', { name: 'Remove: mastodon.example' }).click();
  await expect(status()).toHaveText('mastodon.example was removed.');
  await expect.poll(registered).toEqual([]);
});

test('popup: no badges are offered on a page that is none of these', async () => {
  site.pages.set('/about', '<!doctype html><title>A blog</title><div id="mastodon">I am on Mastodon</div>');
  await page.goto('https://mastodon.example/about');
  await openPopup(page);
  await expect(own.getByText('Badges appear on pages of X, Bluesky and Mastodon.')).toBeVisible();
  await expect(own.getByRole('button', { name: /^Show badges/ })).toHaveCount(0);
});

test('account page: any account by handle or address, sent on the click only', async () => {
  await openAccountPage();
  const field = own.getByLabel('Handle or profile address');
  await field.fill('@gwen@social.example');
  await field.fill(`bsky.app/profile/${CAST.handle}`);
  expect(named()).toEqual([]);
  await field.press('Enter');
  await expect(own.getByText('12 of 14 were followed back.')).toBeVisible();
  await field.fill('@gwen@social.example');
  await own.getByRole('button', { name: 'Look up' }).click();
  await expect(own.getByText('The service has not seen this account.')).toBeVisible();
  await expect(own.getByText('Mastodon', { exact: true })).toBeVisible();
  expect(named()).toEqual([
    `/v1/accounts/bluesky/${CAST.handle}`,
    `/v1/accounts/mastodon/${encodeURIComponent('gwen@social.example')}`,
  ]);
  expect(own.url()).toBe(`${chromium.extension}/account.html`);
});

test('account page: what names nobody is not sent', async () => {
  await openAccountPage();
  const field = own.getByLabel('Handle or profile address');
  for (const text of ['', 'two words', 'gw\u0435n.example', 'https://x.com/home']) {
    await field.fill(text);
    await field.press('Enter');
    await expect(own.getByRole('alert')).toContainText('not a handle or profile address');
    await expect(field).toBeFocused();
  }
  expect(named()).toEqual([]);
});

test('account page: a name from the context menu comes through memory, once', async () => {
  await openAccountPage();
  await handOver({ network: 'bluesky', handle: CAST.handle, nativeId: null });
  await expect(own.getByText('12 of 14 were followed back.')).toBeVisible();
  expect(own.url()).toBe(`${chromium.extension}/account.html`);
  await own.reload();
  await expect(own.getByLabel('Handle or profile address')).toHaveValue('');
  expect(named()).toHaveLength(1);
  await handOver(null);
  await expect(own.getByRole('alert')).toContainText('not a profile');
  expect(named()).toHaveLength(1);
});

test('the context menu has its items', async () => {
  await openAccountPage();
  // An item that is not there cannot be changed.
  await own.evaluate(
    async (ids) => {
      const { contextMenus } = (globalThis as unknown as { chrome: typeof browser }).chrome;
      for (const id of ids) await contextMenus.update(id, { enabled: true });
    },
    [
      ...['profile-link', 'server-link', 'page'],
      ...['report-profile-link', 'report-server-link', 'report-message'],
    ],
  );
});

test('options: what is shown, in open pages at once', async () => {
  await page.goto(profile());
  await expect(badgeOn(page)).toHaveCount(1);
  await openOptions();
  await own.getByLabel('Follow-churn').selectOption('Reviewed only');
  await expect(status()).toContainText('Saved.');
  await expect(badgeOn(page)).toHaveCount(0);
  await own.getByLabel('Follow-churn').selectOption('Likely and reviewed');
  await expect(badgeOn(page)).toHaveCount(1);

  service.verdict = { standing: 'confirmed' };
  await own.getByLabel('Follow-churn').selectOption('Off');
  await expect(badgeOn(page)).toHaveCount(0);
});

test('options: of a network that is off nothing is looked up, not even by name', async () => {
  await openOptions();
  await own.getByLabel('Bluesky', { exact: true }).uncheck();
  await expect(status()).toContainText('Saved.');
  await page.goto(profile());
  await lookedUp(chromium, page);
  await expect(page.locator('[data-fairfollow]')).toHaveCount(0);
  await openPopup(page);
  await expect(own.getByText('Bluesky is switched off in the options')).toBeVisible();
  await expect(own.getByRole('button', { name: 'Look up this account' })).toHaveCount(0);
  await openAccountPage();
  await own.getByLabel('Handle or profile address').fill(CAST.handle);
  await own.keyboard.press('Enter');
  await expect(own.getByText('Not looked up')).toBeVisible();
  expect(service.requests.map(({ url }) => url).filter((url) => /accounts|ranges/.test(url))).toEqual([]);
});

test('options: two windows show the same', async () => {
  await openOptions();
  const other = await chromium.context.newPage();
  await other.goto(`${chromium.extension}/options.html`);
  await other.getByLabel('Same message on follow').selectOption('Off');
  await expect(own.getByLabel('Same message on follow')).toHaveValue('off');
  await other.close();
});

test('options: settings go into a file and come out of it', async () => {
  await openOptions();
  await own.getByLabel('Follow-churn').selectOption('Off');
  // What is stored is what is shown, so one thing after the other.
  await expect(status()).toContainText('Saved.');
  await own.getByLabel('X', { exact: true }).uncheck();
  await expect.poll(networksOff).toEqual(['x']);
  const downloading = own.waitForEvent('download');
  await own.getByRole('button', { name: 'Export' }).click();
  const file = await (await downloading).path();

  await own.getByRole('button', { name: 'Reset' }).click();
  await expect(own.getByLabel('Follow-churn')).toHaveValue('likely');
  await expect(own.getByLabel('Address of the service')).toHaveValue('http://localhost:8080');
  await status().locator('..').getByRole('button', { name: 'Undo' }).click();
  await expect(own.getByLabel('Follow-churn')).toHaveValue('off');
  await expect(own.getByLabel('Address of the service')).toHaveValue(service.url);
  await own.getByRole('button', { name: 'Reset' }).click();
  await expect(own.getByLabel('Follow-churn')).toHaveValue('likely');

  await own.locator('input[type=file]').setInputFiles(file);
  await expect(own.getByText('Practices shown less: 1; networks off: 1')).toBeVisible();
  await expect(own.getByLabel('Follow-churn')).toHaveValue('likely');
  await own.getByRole('button', { name: 'Replace' }).click();
  await expect(status()).toHaveText('The settings were replaced.');
  await expect(own.getByLabel('Follow-churn')).toHaveValue('off');
  await expect(own.getByLabel('X', { exact: true })).not.toBeChecked();
  await expect(own.getByLabel('Address of the service')).toHaveValue(service.url);
});

test('options: a file that is wrong in any part changes nothing', async () => {
  await openOptions();
  const choose = (text: string) =>
    own
      .locator('input[type=file]')
      .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  for (const [text, said] of [
    ['<!doctype html>', 'this file is not JSON'],
    ['{"format":"something else"}', 'not a file with settings'],
    ['{"format":"fairfollow-settings/9"}', 'of another version (fairfollow-settings/9)'],
    ['{"format":"fairfollow-settings/1","evil":1}', 'a field this version does not know, evil'],
    ['{"format":"fairfollow-settings/1","service":"ftp://x"}', 'service is missing'],
  ] as const) {
    await choose(text);
    await expect(own.getByRole('alert')).toContainText(said);
    await expect(own.getByRole('button', { name: 'Replace' })).toHaveCount(0);
  }
});

test('options: what is kept on this device can be cleared', async () => {
  await page.goto(profile());
  await expect(badgeOn(page)).toHaveCount(1);
  await page.goto('about:blank');
  await openOptions();
  const kept = own.locator('.kept li');
  await expect(kept.filter({ hasText: 'Answers received' })).toContainText(/[1-9]/);
  await expect(kept.filter({ hasText: 'List of judged' })).toContainText('version 7, 2 entries');
  await own.getByRole('button', { name: 'Clear: Answers received' }).click();
  await expect(kept.filter({ hasText: 'Answers received' })).toContainText('0');
  await own.getByRole('button', { name: 'Clear: List of judged accounts' }).click();
  await expect(kept.filter({ hasText: 'List of judged' })).toContainText('none yet');
});

test('options: what is said to have been done covers nothing at the end of the page', async () => {
  await own.setViewportSize({ width: 400, height: 700 });
  await openOptions();
  await own.getByLabel('Follow-churn').selectOption('Reviewed only');
  await expect(status()).toContainText('Saved.');
  await own.evaluate(() => {
    scrollTo(0, document.body.scrollHeight);
  });
  const last = await own.locator('#privacy').boundingBox();
  const bar = await status().locator('..').boundingBox();
  expect(bar!.y).toBeGreaterThanOrEqual(last!.y + last!.height);
});

test('own pages lead to each other', async () => {
  await openOptions();
  const pages = own.getByRole('navigation', { name: 'Pages of Fairfollow' });
  for (const name of ['Your record', 'Check my followers', 'Look up an account', 'Options']) {
    await pages.getByRole('link', { name }).click();
    await expect(own.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(own).toHaveTitle(`${name} · Fairfollow`);
    await expect(pages.locator('[aria-current=page]')).toHaveText(name);
  }
});

test('options: what is wrong with the service', async () => {
  await openOptions();
  await expect(own.getByText('Reachable')).toBeVisible();
  service.conduct = 'html';
  await own.getByRole('button', { name: 'Check now' }).click();
  await expect(own.getByText('It answers, but not with a list we can trust')).toBeVisible();
  await service.close();
  await own.getByRole('button', { name: 'Check now' }).click();
  await expect(own.getByText('Away: it does not answer')).toBeVisible();
  await expect(own.getByText('version 7')).toHaveCount(2);
});

test('keyboard only: look an account up and open what is folded', async () => {
  await openAccountPage();
  await own.bringToFront();
  await expect(own.getByLabel('Handle or profile address')).toBeFocused();
  await own.keyboard.type(CAST.handle);
  await own.keyboard.press('Tab');
  await expect(own.getByRole('button', { name: 'Look up' })).toBeFocused();
  await own.keyboard.press('Space');
  const folded = own.locator('details', { hasText: 'Same message on follow' });
  await expect(folded).not.toHaveAttribute('open');
  for (
    let i = 0;
    i < 12 && !(await folded.locator('summary').evaluate((it) => it === document.activeElement));
    i++
  ) {
    await own.keyboard.press('Tab');
  }
  await own.keyboard.press('Enter');
  await expect(folded).toHaveAttribute('open');
});

for (const theme of ['light', 'dark'] as const) {
  test(`no accessibility findings, ${theme}`, async () => {
    await own.emulateMedia({ colorScheme: theme });
    await page.goto(profile());
    await expect(badgeOn(page)).toHaveCount(1);
    await openPopup(page);
    await own.bringToFront();
    await findNothing();
    await takePicture(`popup-${theme}`, (options) => own.screenshot({ ...options, fullPage: true }));
    await own.getByRole('button', { name: 'Look up this account' }).click();
    await expect(own.getByText('12 of 14 were followed back.')).toBeVisible();
    await findNothing();
    await takePicture(`popup-look-up-${theme}`, (options) => own.screenshot({ ...options, fullPage: true }));

    await own.setViewportSize({ width: 560, height: 700 });
    await openAccountPage();
    await own.getByLabel('Handle or profile address').fill(CAST.handle);
    await own.keyboard.press('Enter');
    await expect(own.getByText('12 of 14 were followed back.')).toBeVisible();
    await own.getByText('Same message on follow').click();
    await findNothing();
    await takePicture(`account-${theme}`, (options) => own.screenshot(options));

    await own.setViewportSize({ width: 1000, height: 760 });
    await openOptions();
    await expect(own.getByText('Reachable')).toBeVisible();
    await takePicture(`options-${theme}`, (options) => own.screenshot(options));
    await own.getByLabel('Follow-churn').selectOption('Reviewed only');
    await expect(status()).toContainText('Saved.');
    await findNothing();
  });
}

for (const width of [320, 800]) {
  test(`nothing is cut off or needs to be scrolled sideways at ${width} px`, async () => {
    await page.goto(profile());
    await expect(badgeOn(page)).toHaveCount(1);
    await openPopup(page);
    await own.setViewportSize({ width, height: 600 });
    await own.getByRole('button', { name: 'Look up this account' }).click();
    await expect(own.getByText('12 of 14 were followed back.')).toBeVisible();
    await expectNoSidewaysScroll();
    await openOptions();
    await expect(own.getByText('Reachable')).toBeVisible();
    await expectNoSidewaysScroll();
    await openAccountPage();
    await expectNoSidewaysScroll();
  });
}

test('the fonts twice as large, and colours of the user’s own', async () => {
  await own.emulateMedia({ forcedColors: 'active' });
  await page.goto(profile());
  await expect(badgeOn(page)).toHaveCount(1);
  await openPopup(page);
  // 200 % of a window 640 px wide.
  await own.setViewportSize({ width: 320, height: 500 });
  await own.getByRole('button', { name: 'Look up this account' }).click();
  const signs = own.locator('.standing.signs');
  await expect(signs).toHaveCSS('border-style', 'dashed');
  await expect(own.locator('.standing.likely').last()).toHaveCSS('border-style', 'solid');
  await expectNoSidewaysScroll();
});

test('Spanish, where the browser speaks Spanish', async () => {
  const spanish = await startChromium(site, undefined, 'es');
  try {
    const over = await newPage(spanish);
    const options = await spanish.context.newPage();
    await options.goto(`${spanish.extension}/options.html`);
    await options.getByLabel('Dirección del servicio').fill(service.url);
    await options.getByRole('button', { name: 'Guardar' }).click();
    await expect(options.getByText('Guardado.')).toBeVisible();
    await expect(options.getByText('Responde', { exact: true })).toBeVisible();
    await expect(options.locator('html')).toHaveAttribute('lang', 'es');
    await over.goto(profile());
    await expect(badgeOn(over, 'Seguir y dejar, Probable: detalles')).toHaveCount(1);
    const popup = await spanish.context.newPage();
    await popup.setViewportSize({ width: 360, height: 600 });
    await popup.goto(`${spanish.extension}/popup.html`);
    await over.bringToFront();
    await popup.reload();
    await popup.getByRole('button', { name: 'Consultar esta cuenta' }).click();
    await expect(popup.getByText('Pruebas insuficientes').first()).toBeVisible();
    await takePicture('popup-es', (picture) => popup.screenshot({ ...picture, fullPage: true }));
  } finally {
    await spanish.close();
  }
});

async function findNothing(): Promise<void> {
  expect((await new AxeBuilder({ page: own }).analyze()).violations).toEqual([]);
}

async function expectNoSidewaysScroll(): Promise<void> {
  const over = await own.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(over).toBeLessThanOrEqual(0);
}

async function networksOff(): Promise<string[]> {
  return own.evaluate(async () => {
    const { storage } = (globalThis as unknown as { chrome: typeof browser }).chrome;
    const { choices } = await storage.local.get<{ choices: { networks: Record<string, boolean> } }>(
      'choices',
    );
    return Object.keys(choices.networks).filter((network) => !choices.networks[network]);
  });
}

async function registered(): Promise<string[]> {
  return own.evaluate(async () => {
    const { scripting } = (globalThis as unknown as { chrome: typeof browser }).chrome;
    return (await scripting.getRegisteredContentScripts()).map(({ id }) => id);
  });
}

/** As the background does when the menu item is clicked: menus themselves cannot be reached from a test. */
async function handOver(account: unknown): Promise<void> {
  await own.evaluate(async (handed) => {
    const { storage, tabs } = (globalThis as unknown as { chrome: typeof browser }).chrome;
    const tab = await tabs.getCurrent();
    await storage.session.set({ [`handedOver:account:${String(tab?.id)}`]: handed });
  }, account);
}
