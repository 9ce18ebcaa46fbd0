import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { badgeOn, chooseService, newPage, startChromium } from './browsers';
import { startSite } from './site';
import { startTestService } from './testService';

/* Real pages, kept beside the project and not in it. Whoever they show is listed by a service of our own, here only. */

const FOLDER = join(import.meta.dirname, '../../../shared/snapshots');
// What the site's framework adds by script, which the kept pages are without: its boxes, texts and inline boxes.
const FRAMEWORK_STYLES = `<style>
  .css-g5y9jx { display: flex; flex-direction: column; box-sizing: border-box; min-width: 0; position: relative }
  .css-146c3p1 { display: inline; white-space: pre-wrap; word-wrap: break-word }
  .r-xoduu5 { display: inline-flex }
</style>`;
const PAGES = ['bsky__metascraper__profile.html', 'bsky-fork__profile_loggedout.html'];

for (const name of PAGES) {
  test(`the adapter reads ${name}`, async () => {
    const file = join(FOLDER, name);
    if (!existsSync(file)) console.warn(`NOT CHECKED AGAINST REAL PAGES: ${file} is absent`);
    test.skip(!existsSync(file), 'the page is absent');

    const html = readFileSync(file, 'utf8');
    const handle = /href="\/profile\/([^"/]+)\/followers"/.exec(html)?.[1] ?? '';
    const did =
      /\/img\/avatar(?:_thumbnail)?\/plain\/(did:plc:\w+)\//.exec(html)?.[1] ??
      'did:plc:unseenunseenunseenunseen';
    const service = await startTestService([{ network: 'bluesky', handle, nativeId: did }]);
    const cast = { name: '', handle, did, organicHandle: 'rosa.example', organicDid: '' };
    const site = await startSite(cast);
    site.pages.set(`/profile/${handle}`, html.replace('<body>', `<body>${FRAMEWORK_STYLES}`));
    const chromium = await startChromium(site);
    try {
      await chooseService(chromium, service.url);
      const page = await newPage(chromium);
      await page.goto(`https://bsky.app/profile/${handle}`);
      await expect(badgeOn(page)).toHaveCount(1);
      const title = await page.getByTestId('profileHeaderDisplayName').boundingBox();
      const badge = await badgeOn(page).boundingBox();
      // On the name's line, and the line no higher than the site made it.
      expect(Math.abs((badge?.y ?? 0) + 11 - (title?.y ?? 0) - (title?.height ?? 0) / 2)).toBeLessThan(8);
      expect(title?.height).toBeLessThanOrEqual(36);
      await badgeOn(page).hover();
      await expect(page.getByRole('dialog', { name: /^Follow-churn/ })).toBeVisible();
    } finally {
      await chromium.close();
      await site.close();
      await service.close();
    }
  });
}
