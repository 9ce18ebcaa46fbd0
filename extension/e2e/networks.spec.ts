import { expect, test, type Page } from '@playwright/test';
import { chooseService, newPage, startChromium, type Chromium } from './browsers';
import { takePicture } from './pictures';
import { fill, fixture, startSite, type FixtureSite } from './site';
import { startTestService, type ListedAccount, type TestService } from './testService';

/* Every surface of the three networks, with one listed account among others that are not, in real Chromium. */

interface Screen {
  name: string;
  path: string;
  fixture: string;
  /** What stands in the line of each badge, in order. */
  badges: string[];
  /** What is cut out for the picture. */
  part: string;
}

interface Network {
  name: string;
  host: string;
  listed: ListedAccount;
  page: (screen: Screen) => string;
  screens: Screen[];
}

const GWEN = 'Growth by Gwen';
const did = 'did:plc:growthgrowthgrowthgrowth';
const CAST = {
  name: GWEN,
  handle: 'gwen.growth.example',
  did,
  organicHandle: 'rosa.example',
  organicDid: 'did:plc:rosarosarosarosarosarosa',
};
const FOOTER =
  '<footer><h2>mastodon.social:</h2><a href="/about">About<span class="sr-only"> mastodon.social</span></a></footer>';

const styled = (html: string, css: string) =>
  html.replace('</head>', `<style>${fixture(css)}</style></head>`);

/** X's rows are buttons with buttons in them. Its scripts make such; a parser ends the outer where the inner begins. */
const unnested = (html: string) =>
  html
    .replaceAll('<button type="button" role="button" data-testid="UserCell">', '<div data-testid="UserCell">')
    .replaceAll('\n    </button></div>', '\n    </div></div>');

const NETWORKS: Network[] = [
  {
    name: 'x',
    host: 'x.com',
    listed: { network: 'x', handle: 'gwen_example', nativeId: '1000000001' },
    page: (screen) => styled(unnested(fixture(`x/${screen.fixture}.html`)), 'x/site.css'),
    screens: [
      {
        name: 'profile',
        path: '/gwen_example',
        fixture: 'profile',
        badges: [GWEN, GWEN],
        part: '[data-testid=primaryColumn]',
      },
      {
        name: 'followers',
        path: '/you_example/followers',
        fixture: 'followers',
        badges: [GWEN],
        part: '[data-testid=primaryColumn]',
      },
      {
        name: 'notifications',
        path: '/notifications',
        fixture: 'notifications',
        badges: [GWEN],
        part: '[data-testid=primaryColumn]',
      },
      {
        name: 'timeline',
        path: '/home',
        fixture: 'timeline',
        badges: [GWEN, GWEN, GWEN],
        part: '[data-testid=primaryColumn]',
      },
      {
        name: 'search',
        path: '/search?q=gwen',
        fixture: 'search',
        badges: [GWEN],
        part: '[data-testid=primaryColumn]',
      },
    ],
  },
  {
    name: 'bluesky',
    host: 'bsky.app',
    listed: { network: 'bluesky', handle: CAST.handle, nativeId: did },
    page: (screen) => styled(fill(fixture(`${screen.fixture}.html`), CAST), 'site.css'),
    screens: [
      { name: 'profile', path: `/profile/${CAST.handle}`, fixture: 'profile', badges: [GWEN], part: 'main' },
      {
        name: 'followers',
        path: '/profile/you.example/followers',
        fixture: 'followers',
        badges: [GWEN],
        part: 'main',
      },
      {
        name: 'notifications',
        path: '/notifications',
        fixture: 'notifications',
        badges: [GWEN],
        part: 'main',
      },
      { name: 'timeline', path: '/', fixture: 'feed', badges: [GWEN, GWEN, GWEN], part: 'main' },
      { name: 'search', path: '/search', fixture: 'search', badges: [GWEN], part: 'main' },
      {
        name: 'thread',
        path: `/profile/${CAST.handle}/post/3k`,
        fixture: 'thread',
        badges: [GWEN],
        part: 'main',
      },
    ],
  },
  {
    name: 'mastodon',
    host: 'mastodon.social',
    listed: {
      network: 'mastodon',
      handle: 'gwen@growth.example',
      nativeId: 'https://growth.example/users/gwen',
    },
    page: (screen) => {
      const values = { user: 'gwen', domain: 'growth.example', acct: 'gwen@growth.example', footer: FOOTER };
      const content = fill(fixture(`mastodon/${screen.fixture}.html`), values).replace(
        `${GWEN} @rosa@social.example`,
        GWEN,
      );
      return styled(fill(fixture('mastodon/shell.html'), { ...values, content }), 'mastodon/site.css');
    },
    screens: [
      { name: 'profile', path: '/@gwen@growth.example', fixture: 'profile', badges: [GWEN], part: 'main' },
      { name: 'followers', path: '/@you/followers', fixture: 'followers', badges: [GWEN], part: 'main' },
      {
        name: 'notifications',
        path: '/notifications',
        fixture: 'notifications',
        badges: [GWEN],
        part: 'main',
      },
      { name: 'timeline', path: '/home', fixture: 'timeline', badges: [GWEN], part: 'main' },
    ],
  },
];

let site: FixtureSite;
let service: TestService;
let chromium: Chromium;

test.beforeAll(async () => {
  site = await startSite(CAST);
  service = await startTestService(NETWORKS.map(({ listed }) => listed));
  chromium = await startChromium(site);
  await chooseService(chromium, service.url);
});

test.afterAll(async () => {
  await chromium.close();
  await site.close();
  await service.close();
});

async function expectBadges(page: Page, { name, badges }: Screen): Promise<void> {
  const hosts = page.locator('[data-fairfollow]');
  await expect(hosts, name).toHaveCount(badges.length);
  // The line each of them stands in, as people read it.
  const lines = await hosts.evaluateAll((all) => all.map((host) => host.parentElement?.textContent ?? ''));
  const found = lines.map((line) => badges.find((badge) => line.includes(badge)));
  expect(found, `${name}: ${lines.join(' | ')}`).toEqual(badges);
}

for (const network of NETWORKS) {
  for (const theme of ['light', 'dark']) {
    test(`every surface of ${network.name}, ${theme}`, async () => {
      const page = await newPage(chromium);
      await page.setViewportSize({ width: 700, height: 900 });
      const pictures: { name: string; image: string }[] = [];
      for (const screen of network.screens) {
        const html = network.page(screen).replace('<html', `<html data-theme class="theme--${theme}"`);
        site.pages.set(`${network.host}${screen.path}`, html);
        await page.goto(`https://${network.host}${screen.path}`);
        await expectBadges(page, screen);
        // The page draws its rows anew, as these sites do: new elements, the same people.
        await page.evaluate(() => {
          for (const row of document.querySelectorAll('[data-testid="cellInnerDiv"], .card-row, article')) {
            const again = row.cloneNode(true) as Element;
            for (const badge of again.querySelectorAll('[data-fairfollow]')) badge.remove();
            row.replaceWith(again);
          }
        });
        await expectBadges(page, screen);
        const picture = await page.locator(screen.part).first().screenshot();
        pictures.push({ name: screen.name, image: picture.toString('base64') });
      }
      await page.close();
      await takePicture(`${network.name}-${theme}`, (options) => sheet(pictures, theme, options));
    });
  }
}

/** All surfaces of a network on one sheet. */
async function sheet(
  pictures: { name: string; image: string }[],
  theme: string,
  options: { path: string },
): Promise<void> {
  const page = await chromium.context.newPage();
  await page.setViewportSize({ width: 1280, height: 400 });
  const figures = pictures.map(
    ({ name, image }) =>
      `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${image}"></figure>`,
  );
  const [ground, text] = theme === 'dark' ? ['#0b0f14', '#c9d3de'] : ['#eef1f5', '#33404e'];
  await page.setContent(`<style>
    body { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; align-items: start; margin: 0; padding: 16px; background: ${ground}; color: ${text}; font: 600 14px/20px system-ui }
    figure { margin: 0; min-width: 0 } img { display: block; max-width: 100%; border-radius: 8px }
    figcaption { margin-bottom: 6px; text-transform: capitalize }</style>${figures.join('')}`);
  await page.screenshot({ ...options, fullPage: true });
  await page.close();
}
