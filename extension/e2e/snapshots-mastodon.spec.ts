import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { chooseService, newPage, startChromium, type Chromium } from './browsers';
import { fill, fixture, startSite, type FixtureSite } from './site';
import { startTestService, type TestService } from './testService';

/*
 * Real pages of Mastodon's and Phanpy's, kept beside the project and not in it, and fixtures in older layouts.
 * Nothing of them is fetched or run.
 */

const FOLDER = join(import.meta.dirname, '../../../shared/snapshots');
// One's own entry in the margin is no row, though oneself may be listed.
const LISTED = ['suspect', 'me', 'follower0', 'follower3'].map((user) => ({
  network: 'mastodon' as const,
  handle: `${user}@mastodon.social`,
  nativeId: `https://mastodon.social/users/${user}`,
}));
const GWEN = {
  network: 'mastodon' as const,
  handle: 'gwen@growth.example',
  nativeId: 'https://growth.example/users/gwen',
};
const CAST = { name: '', handle: 'x.example', did: '', organicHandle: '', organicDid: '' };
// What the sites' style sheets, which the kept pages are without, say of the boxes around names.
const STYLES = `<style>
  body { margin: 0; font: 15px/20px sans-serif } svg { width: 16px; height: 16px } [class^=_comp_badge__badge] { display: inline-flex }
  .columns-area__panels { display: flex } .columns-area__panels__pane { width: 285px } main { width: 600px }
  [class*=displayNameWrapper] { display: flex; gap: 16px } [class*=nameWrapper] { flex-grow: 1; min-width: 0 }
  [class*=account_header__name] > h1 { display: inline; font-size: 22px; line-height: normal; margin-inline-end: 4px }
  [class^=_comp_list_item__wrapper] { display: flex; position: relative; width: 100% }
  [class^=_comp_list_item__main] { min-width: 0; overflow-wrap: break-word } h1, h2, h3 { margin: 0; font-size: 15px }
  h3 [class*=item__badge] { vertical-align: -4px } h3 a::before { content: ''; position: absolute; inset: 0 }
  .meta { display: flex } .meta-name { flex-grow: 1; min-width: 0; overflow: hidden; white-space: nowrap }
  .account-block { display: flex; gap: 8px } .hover-card { display: flex; flex-direction: column; background: #fff }
</style>`;

test.describe.configure({ mode: 'serial' });

let [site, service, chromium]: [FixtureSite?, TestService?, Chromium?] = [];

test.beforeAll(async () => {
  site = await startSite(CAST);
  service = await startTestService([...LISTED, GWEN]);
  chromium = await startChromium(site);
  await chooseService(chromium, service.url);
});

test.afterAll(async () => {
  await chromium?.close();
  await site?.close();
  await service?.close();
});

/** Opens a kept page at an address. */
async function open(file: string, address: string): Promise<Page> {
  const path = join(FOLDER, file);
  if (!existsSync(path)) console.warn(`NOT CHECKED AGAINST REAL PAGES: ${path} is absent`);
  test.skip(!existsSync(path), 'the page is absent');
  return show(readFileSync(path, 'utf8').replaceAll('masto.test', 'mastodon.social'), STYLES, address);
}

async function show(html: string, styles: string, address: string): Promise<Page> {
  const page = await newPage(chromium!);
  await page.route(`${new URL(address).origin}/**`, (route) =>
    route.request().resourceType() === 'document'
      ? route.fulfill({
          contentType: 'text/html; charset=utf-8',
          headers: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" },
          body: html.replace('</head>', `${styles}</head>`),
        })
      : route.abort(),
  );
  await page.goto(address);
  return page;
}

// The site's rows are buttons, too, and named by all that is in them.
const badgesIn = (place: Page | Locator) =>
  place.locator('[data-fairfollow]').getByRole('button', { name: /^Follow-churn/ });

/** A badge is whole, on top, on the name's line, and has moved nothing. */
async function standsWell(page: Page, badge: Locator, name: Locator, below: Locator): Promise<void> {
  const [at, title, before] = await Promise.all([
    badge.boundingBox(),
    name.boundingBox(),
    below.boundingBox(),
  ]);
  expect(Math.abs((at?.y ?? 0) + 11 - (title?.y ?? 0) - (title?.height ?? 0) / 2)).toBeLessThan(8);
  const isOnTop = await badge.evaluate((button) => {
    const { x, y, width, height } = button.getBoundingClientRect();
    const hits = [2, width - 2].map((dx) => document.elementFromPoint(x + dx, y + height / 2));
    return hits.every((hit) => hit?.matches('[data-fairfollow]'));
  });
  expect(isOnTop).toBe(true);
  await page.locator('[data-fairfollow]').evaluateAll((hosts) => {
    hosts.forEach((host) => {
      host.remove();
    });
  });
  const after = await below.boundingBox();
  expect(Math.abs((before?.y ?? 0) - (after?.y ?? 0))).toBeLessThanOrEqual(2);
}

for (const who of ['loggedin', 'loggedout']) {
  test(`Mastodon: a profile, ${who}`, async () => {
    const page = await open(`mastodon-vanilla__profile_${who}.html`, 'https://mastodon.social/@suspect');
    await expect(badgesIn(page)).toHaveCount(1);
    await standsWell(page, badgesIn(page), page.locator('h1'), page.locator('[class*=numberFields]'));
    await page.close();
  });
}

test('Mastodon: a list, of which two are listed', async () => {
  const page = await open(
    'mastodon-vanilla__followers_loggedin.html',
    'https://mastodon.social/@suspect/following',
  );
  const row = page.locator('article', { hasText: '@follower3@' });
  await expect(badgesIn(page)).toHaveCount(2);
  await standsWell(page, badgesIn(row), row.locator('h3'), row.locator('[class*=subtitle]'));
  await page.close();
});

test('Mastodon: who followed, and the card of one of them', async () => {
  const page = await open(
    'mastodon-vanilla__hovercard_loggedin.html',
    'https://mastodon.social/notifications',
  );
  await expect(badgesIn(page)).toHaveCount(3);
  await expect(badgesIn(page.locator('#hover-card'))).toHaveCount(1);
  const row = page.locator('article', { hasText: 'Follower 0' });
  const badge = badgesIn(row);
  // In this page the site's card lies somewhere over the rows.
  await page.locator('.hover-card-controller').evaluate((card) => {
    card.remove();
  });
  await standsWell(page, badge, row.locator('h2'), row.locator('[class*=additional-content]'));
  await page.close();
});

test('Phanpy: a profile and its posts, and another page after the #', async () => {
  const page = await open('phanpy__profile_loggedin.html', 'https://phanpy.social/#/mastodon.social/a/2');
  const posts = await page
    .locator(':is([href$="/@suspect"], [href$="/@follower0"], [href$="/@follower3"]).name-text')
    .count();
  await expect(badgesIn(page)).toHaveCount(posts + 1);
  const header = page.locator('.account-container header');
  await expect(badgesIn(header)).toHaveCount(1);
  await page.evaluate(() => {
    document.querySelector('.account-container .account-block')?.setAttribute('title', '@rosa');
    location.hash = '#/mastodon.social/a/3';
    document.body.append(document.createElement('i'));
  });
  await expect(badgesIn(page)).toHaveCount(posts);
  await page.close();
});

// As those versions' style sheets have it.
const OLDER_STYLES = `<style>
  body { margin: 0; font: 15px/22px sans-serif } .columns-area__panels { display: flex }
  .columns-area__panels__pane { width: 285px } main { width: 400px } .account__header { overflow: hidden }
  h1 { font-size: 17px; line-height: 22px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis }
  h1 small { display: flex; align-items: center; gap: 4px; font-size: 14px; line-height: 20px; overflow: hidden }
  h1 small span { overflow: hidden; text-overflow: ellipsis } .account__domain-pill { border: 0; padding: 4px 8px }
  .display-name { display: block; max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
  .account, .status, .detailed-status { padding: 16px } .account__wrapper { display: flex } .account__info-wrapper { min-width: 0 }
  .account__display-name { flex: 1 1 auto; display: flex; align-items: center; gap: 10px; overflow: hidden }
  .account__avatar-wrapper, .status__avatar { width: 46px; height: 46px; flex: none; background: #ccc }
  .account__contents { overflow: hidden } .account__details { display: flex; flex-wrap: wrap; column-gap: 1em }
  .status__info { display: flex; align-items: center; justify-content: space-between; gap: 10px; padding-bottom: 10px }
  .status__display-name { max-width: 100%; display: flex; align-items: center; gap: 10px; overflow: hidden }
  .display-name__account { display: block; overflow: hidden; text-overflow: ellipsis }
  .status__relative-time { display: block; height: 40px; order: 2; flex: 0 0 auto }
</style>`;

const OLDER: [string, string, string, string, string][] = [
  ['profile-old', '/@gwen@growth.example', '.account__header', 'h1 small', '.account__header__extra'],
  ['followers-old', '/@you/followers', 'article:first-child', 'a.account__display-name', '.account__note'],
  ['timeline', '/home', 'article:first-child', 'a.status__display-name:not(.muted)', '.status__content'],
];
for (const [name, path, row, title, below] of OLDER) {
  test(`Mastodon before 4.6: ${name}, also where the name is too long for its line`, async () => {
    const values = { user: 'gwen', domain: 'growth.example', acct: 'gwen@growth.example' };
    const content = fill(fixture(`mastodon/${name}.html`), values);
    for (const display of ['Gwen', 'Growth by Gwen, whose name is much too long for the line it stands in']) {
      const html = fill(fixture('mastodon/shell.html'), {
        content: content.replaceAll('Growth by Gwen', display),
      });
      const page = await show(html, OLDER_STYLES, `https://mastodon.social${path}`);
      const place = page.locator(row);
      await expect(badgesIn(page)).toHaveCount(1);
      await standsWell(page, badgesIn(place), place.locator(title), place.locator(below));
      await page.close();
    }
  });
}
