import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { badgeOn, chooseService, newPage, startChromium } from './browsers';
import { startSite } from './site';
import { startTestService, type ListedAccount } from './testService';

/* Real pages, kept beside the project and not in it. Whoever they show is listed by a service of our own, here only. */

const FOLDER = join(import.meta.dirname, '../../../shared/snapshots');

/** A kept page: where it lives, whom it shows, and where their badges belong. */
interface RealPage {
  file: string;
  /** What the site's framework adds by script, which the kept page is without. */
  styles: string;
  address: (shown: string[]) => string;
  /** Everybody it shows, the profile's owner or the post's author first. */
  shown: (html: string) => ListedAccount[];
  /** Elements beside each of which one badge stands, on the same line. */
  names: string;
}

const BLUESKY = {
  // Its boxes, texts and inline boxes.
  styles: `<style>
    .css-g5y9jx { display: flex; flex-direction: column; box-sizing: border-box; min-width: 0; position: relative }
    .css-146c3p1 { display: inline; white-space: pre-wrap; word-wrap: break-word }
    .r-xoduu5 { display: inline-flex }
    #root { margin-left: 300px } /* which scripts would fit to the window */
  </style>`,
  address: ([owner = '']: string[]) => `https://bsky.app/profile/${owner}`,
  shown: (html: string): ListedAccount[] => {
    const owner = /href="\/profile\/([^"/]+)\/followers"/.exec(html)?.[1] ?? '';
    const authors = all(html, /href="\/profile\/([^"/]+)"/g).filter((author) => author !== owner);
    const did = /\/img\/avatar(?:_thumbnail)?\/plain\/(did:plc:\w+)\//.exec(html)?.[1];
    const unseen = (index: number) => `did:plc:${'unseen'.repeat(4).slice(0, 23)}${index}`;
    return [owner, ...authors].map((handle, index) => ({
      network: 'bluesky' as const,
      handle,
      nativeId: index === 0 && did !== undefined ? did : unseen(index),
    }));
  },
  // The name, and each author's, which the handle follows.
  names:
    '[data-testid="profileHeaderDisplayName"], a[aria-label="View profile"]:has(~ a[aria-label="View profile"])',
};

const X = {
  styles: '',
  shown: (html: string): ListedAccount[] => {
    const id = /"identifier":"(\d+)"/.exec(html)?.[1];
    return all(html, /data-testid="UserAvatar-Container-(\w+)"/g).map((handle, index) => ({
      network: 'x' as const,
      handle,
      nativeId: index === 0 && id !== undefined ? id : `100000000${index}`,
    }));
  },
  names: '[data-testid="UserName"], [data-testid="User-Name"]',
};

const PAGES: RealPage[] = [
  { ...BLUESKY, file: 'bsky__metascraper__profile.html' },
  { ...BLUESKY, file: 'bsky-fork__profile_loggedout.html' },
  { ...X, file: 'x__metascraper-x__profile.html', address: ([owner = '']) => `https://x.com/${owner}` },
  {
    ...X,
    file: 'x__metascraper-x__post.html',
    address: ([author = '']) => `https://x.com/${author}/status/1`,
  },
];

for (const { file, styles, address, shown, names } of PAGES) {
  test(`the adapter reads ${file}`, async () => {
    const path = join(FOLDER, file);
    if (!existsSync(path)) console.warn(`NOT CHECKED AGAINST REAL PAGES: ${path} is absent`);
    test.skip(!existsSync(path), 'the page is absent');

    const html = readFileSync(path, 'utf8');
    const people = shown(html);
    const [first] = people;
    const service = await startTestService(people);
    const cast = { name: '', handle: first!.handle, did: first!.nativeId, organicHandle: '', organicDid: '' };
    const site = await startSite(cast);
    const url = new URL(address(people.map(({ handle }) => handle)));
    site.pages.set(
      url.pathname,
      html.replace(/<body[^>]*>/, (body) => `${body}${styles}`),
    );
    const chromium = await startChromium(site);
    try {
      // Before a service is chosen there are no badges.
      const page = await newPage(chromium);
      await page.goto(url.href);
      const before = await linesOf(page, names);
      expect(before.length).toBeGreaterThan(0);
      await expect(badgeOn(page)).toHaveCount(0);

      await chooseService(chromium, service.url);
      await page.goto(url.href);
      await expect(badgeOn(page)).toHaveCount(before.length);
      // Nothing moved, and every badge is on its name's line, neither cut off nor covered.
      expect(await linesOf(page, names)).toEqual(before);
      const badges = await badgesOn(page);
      expect(badges.map(({ seen }) => seen)).toEqual(before.map(() => true));
      badges.forEach(({ middle }, index) => {
        const { top, height } = before[index]!;
        expect(middle).toBeGreaterThan(top);
        expect(middle).toBeLessThan(top + height);
      });
      await badgeOn(page).first().hover();
      await expect(page.getByRole('dialog', { name: /^Follow-churn/ })).toBeVisible();
    } finally {
      await chromium.close();
      await site.close();
      await service.close();
    }
  });
}

function linesOf(page: Page, names: string): Promise<{ top: number; height: number }[]> {
  return page.locator(names).evaluateAll((elements) =>
    elements.map((element) => {
      const { top, height } = element.getBoundingClientRect();
      return { top: top + scrollY, height };
    }),
  );
}

/** Where badges stand, and whether a pointer there would be on them. */
function badgesOn(page: Page): Promise<{ middle: number; seen: boolean }[]> {
  return page.locator('[data-fairfollow]').evaluateAll((hosts) =>
    hosts.map((host) => {
      host.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { left, top, width, height } = host.shadowRoot!.querySelector('button')!.getBoundingClientRect();
      const [first, last] = [left + 2, left + width - 2].map((x) =>
        document.elementFromPoint(x, top + height / 2),
      );
      return { middle: top + height / 2 + scrollY, seen: first === host && last === host };
    }),
  );
}

/** The different texts an expression's first group finds. */
function all(html: string, expression: RegExp): string[] {
  return [...new Set(Array.from(html.matchAll(expression), ([, text]) => text ?? ''))];
}
