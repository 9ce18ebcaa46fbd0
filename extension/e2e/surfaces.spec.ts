import { expect, test, type Page } from '@playwright/test';
import { chooseService, newPage, startChromium, type Chromium } from './browsers';
import { fill, fixture, startSite, type FixtureSite } from './site';
import { startTestService, type TestService } from './testService';

/* Every surface of X and Bluesky in a browser: who is listed has one badge wherever they are shown, and nobody else. */

const CAST = {
  name: 'Growth by Gwen',
  handle: 'gwen.growth.example',
  did: 'did:plc:growthgrowthgrowthgrowth',
  organicHandle: 'rosa.example',
  organicDid: 'did:plc:rosarosarosarosarosarosa',
};

/** Where a fixture lives, and the texts its badges stand behind, in the page's order. */
const PAGES: [string, string, string[]][] = [
  ['x/profile', 'https://x.com/gwen_example', ['Growth by Gwen', 'Growth by Gwen']],
  ['x/followers', 'https://x.com/you_example/followers', ['Growth by Gwen']],
  ['x/search', 'https://x.com/search', ['Growth by Gwen']],
  ['x/timeline', 'https://x.com/home', ['Growth by Gwen', 'Growth by Gwen', 'Growth by Gwen']],
  ['x/notifications', 'https://x.com/notifications', ['Growth by Gwen']],
  ['feed', 'https://bsky.app/feed', ['Growth by Gwen', 'Growth by Gwen', 'Growth by Gwen']],
  ['thread', `https://bsky.app/profile/${CAST.handle}/post/3kexample`, ['Growth by Gwen']],
  ['search', 'https://bsky.app/search', ['Growth by Gwen']],
];

let chromium: Chromium;
let site: FixtureSite;
let service: TestService;

test.beforeAll(async () => {
  site = await startSite(CAST);
  service = await startTestService([
    { network: 'x', handle: 'gwen_example', nativeId: '1000000001' },
    { network: 'bluesky', handle: CAST.handle, nativeId: CAST.did },
  ]);
  chromium = await startChromium(site);
  await chooseService(chromium, service.url);
});

test.afterAll(async () => {
  await chromium.close();
  await service.close();
  await site.close();
});

for (const [name, address, expected] of PAGES) {
  test(`badges on ${name}`, async () => {
    site.pages.set(new URL(address).pathname, fill(fixture(`${name}.html`), CAST));
    const page = await newPage(chromium);
    await page.goto(address);
    await expectBadges(page, expected);
    // The page draws its rows anew, as these sites do: new elements, the same people.
    await page.evaluate(() => {
      for (const row of document.querySelectorAll('[data-testid="cellInnerDiv"], .card-row')) {
        const again = row.cloneNode(true) as Element;
        for (const badge of again.querySelectorAll('[data-fairfollow]')) badge.remove();
        row.replaceWith(again);
      }
    });
    await expectBadges(page, expected);
    await page.close();
  });
}

async function expectBadges(page: Page, expected: string[]): Promise<void> {
  const hosts = page.locator('[data-fairfollow]');
  await expect(hosts).toHaveCount(expected.length);
  const names = await hosts.evaluateAll((all) =>
    all.map((host) => {
      let before = host.previousSibling;
      while (before?.textContent?.trim() === '') before = before.previousSibling;
      return (before?.textContent ?? '').replace(/\p{Cf}/gu, '');
    }),
  );
  expect(names).toEqual(expected);
}
