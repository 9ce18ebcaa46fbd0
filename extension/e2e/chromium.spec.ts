import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { badgeOn, chooseService, lookedUp, newPage, startChromium, type Chromium } from './browsers';
import { castFromTruth, serviceUnderTest } from './cast';
import { goToDesk, openCase, rule } from './moderators';
import { takePicture } from './pictures';
import { startSite, type FixtureSite } from './site';

/* The extension in real Chromium, against a real service, on pages that answer for bsky.app. */

let chromium: Chromium;
let site: FixtureSite;
let service: string;
let statement: string;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  service = serviceUnderTest();
  const picked = await castFromTruth(service, 'chromium');
  statement = picked.statement;
  site = await startSite(picked.cast);
  chromium = await startChromium(site);
  await chooseService(chromium, service);
});

test.afterAll(async () => {
  await chromium.close();
  await site.close();
});

test.beforeEach(async () => {
  site.theme = 'theme--light';
  page = await newPage(chromium);
});

test.afterEach(async () => {
  await page.close();
});

const badge = () => badgeOn(page);
const card = () => page.getByRole('dialog', { name: /^Follow-churn/ });
const profile = (handle = site.cast.handle) => `https://bsky.app/profile/${handle}`;

for (const theme of ['light', 'dark'] as const) {
  test(`a churner’s profile has a badge and a card, ${theme}`, async () => {
    site.theme = `theme--${theme}`;
    await page.setViewportSize({ width: 760, height: 800 });
    await page.goto(profile());
    await expect(badge()).toHaveCount(1);
    await takePicture(`badge-${theme}`, (options) =>
      page.screenshot({ ...options, clip: { x: 80, y: 0, width: 600, height: 330 } }),
    );

    await badge().hover();
    await expect(card()).toBeVisible();
    await expect(card().locator('.statement')).toHaveText(statement);
    await expect(card().locator('dl > div')).toHaveCount(4);
    await expect(card().getByRole('img', { name: /^Day by day from / })).toBeVisible();
    await expect(card().getByRole('link', { name: 'See the evidence' })).toHaveAttribute(
      'href',
      `${service}/accounts/bluesky/${site.cast.handle}`,
    );
    await expect(card().getByText('Demonstration: all of this is invented.')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('[data-fairfollow]').analyze();
    expect(violations).toEqual([]);
  });
}

test('the card stays while the pointer is on its way, and inside the window', async () => {
  await page.setViewportSize({ width: 420, height: 420 });
  await page.goto(profile());
  await badge().hover();
  await expect(card()).toBeVisible();
  await animationsEnded();
  const box = (await card().boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 };
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.y).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(420);
  expect(box.y + box.height).toBeLessThanOrEqual(420);
  await card().getByRole('link').hover();
  await expect(card()).toBeVisible();
  await page.mouse.move(5, 5);
  await expect(card()).toHaveCount(0);
});

test('the keyboard reaches everything: focus opens, Enter goes in, Tab goes on, Esc comes back', async () => {
  await page.goto(profile());
  await expect(badge()).toHaveCount(1);
  await page.getByRole('button', { name: 'View avatar' }).focus();
  await page.keyboard.press('Tab');
  await expect(badge()).toBeFocused();
  await expect(badge()).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Enter');
  await expect(card()).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(card().getByRole('button', { name: 'Look up all practices' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(card().getByRole('link', { name: 'See the evidence' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(card().getByRole('button', { name: 'Report…' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(card().getByRole('button', { name: 'Hide here' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(card()).toHaveCount(0);
  await expect(badge()).toBeFocused();
  await expect(badge()).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Tab');
  await expect(page.locator('[data-testid=profileHeaderFollowersButton]')).toBeFocused();
});

test('rows of followers: the listed one only, and its badge is not its link', async () => {
  await page.goto(`${profile('you.example')}/followers`);
  await expect(badge()).toHaveCount(1);
  await expect(page.locator(`a[href="/profile/${site.cast.handle}"]`).filter({ has: badge() })).toHaveCount(
    1,
  );
  await takePicture('rows', (options) =>
    page.screenshot({ ...options, clip: { x: 200, y: 0, width: 600, height: 360 } }),
  );
  await badge().click();
  await expect(card()).toBeFocused();
  await card().locator('.statement').click();
  expect(await page.evaluate(() => (window as { navigations?: number }).navigations ?? 0)).toBe(0);
});

test('notifications: beside who followed, not beside who liked', async () => {
  await page.goto('https://bsky.app/notifications');
  await expect(badge()).toHaveCount(1);
  await expect(page.locator('[data-testid^=feedItem-by-]').first().filter({ has: badge() })).toHaveCount(1);
  await takePicture('notifications', (options) =>
    page.screenshot({ ...options, clip: { x: 200, y: 0, width: 600, height: 300 } }),
  );
});

test('in-app navigation: badges come with their screens', async () => {
  await page.goto(profile());
  await expect(badge()).toHaveCount(1);
  await page.locator('[data-testid=profileHeaderFollowersButton]').click();
  await expect(page).toHaveURL(/followers$/);
  // The former screen stays in the page, hidden; roles are of what is shown.
  await expect(badge()).toHaveCount(1);
  await page.getByRole('link', { name: `@${site.cast.organicHandle}` }).click();
  await expect(page).toHaveURL(profile(site.cast.organicHandle));
  await expect(page.locator('[data-testid=profileView]:visible')).toContainText(
    `@${site.cast.organicHandle}`,
  );
  await lookedUp(chromium, page);
  await expect(badge()).toHaveCount(0);
});

test('nothing beside people who are not listed', async () => {
  for (const handle of [site.cast.organicHandle, 'stranger.example']) {
    await page.goto(profile(handle));
    await lookedUp(chromium, page);
    await expect(page.locator('[data-fairfollow]')).toHaveCount(0);
  }
});

test('the demonstration site of the service itself', async () => {
  await page.goto(`${service}/demo/profile/${site.cast.handle}`);
  await expect(badge()).toHaveCount(1);
  await badge().hover();
  await expect(card().locator('.statement')).toHaveText(statement);
  await page.goto(`${service}/demo/profile/${site.cast.handle}/followers`);
  await page.goto(`${service}/demo/notifications`);
  await expect(badge().first()).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test(`popup and options have no accessibility findings, ${theme}`, async () => {
    await page.goto(profile());
    await expect(badge()).toHaveCount(1);
    const popup = await chromium.context.newPage();
    await popup.emulateMedia({ colorScheme: theme });
    await popup.setViewportSize({ width: 360, height: 480 });
    // The popup speaks of the tab in front.
    await popup.goto(`${chromium.extension}/popup.html`);
    await page.bringToFront();
    await popup.reload();
    await expect(popup.getByText(statement)).toBeVisible();
    await expect(popup.getByText('Reachable')).toBeVisible();
    await popup.bringToFront();
    expect((await new AxeBuilder({ page: popup }).analyze()).violations).toEqual([]);

    await popup.setViewportSize({ width: 720, height: 700 });
    await popup.goto(`${chromium.extension}/options.html`);
    await popup.getByRole('button', { name: 'Test' }).click();
    await expect(popup.locator('#service-outcome')).toContainText('It answers');
    expect((await new AxeBuilder({ page: popup }).analyze()).violations).toEqual([]);
    await popup.close();
  });
}

async function animationsEnded(): Promise<void> {
  await card().evaluate((element) => Promise.all(element.getAnimations().map(({ finished }) => finished)));
}

test('what the page says is given, sent through the real door and taken back', async () => {
  const options = await newPage(chromium);
  await options.goto(`${chromium.extension}/options.html`);
  const section = options.getByRole('region', { name: 'Contribute what you see' });
  await section.getByLabel('Numbers on profiles you open').click();
  await expect(section.getByLabel('Numbers on profiles you open')).toBeChecked();

  await page.bringToFront();
  await page.goto(profile());
  await expect(badge()).toHaveCount(1); // a page that is not in front gets no frames
  await options.bringToFront();
  const literal = section.getByRole('group', { name: 'The literal text' }).first();
  await expect(literal).toContainText(site.cast.did);
  await section.getByRole('button', { name: 'Send now' }).click();
  await expect(options.getByText('Sent. The log below')).toBeVisible({ timeout: 60_000 });
  await section.getByText(/^Everything ever sent/).click();
  await expect(section.getByText('answered 202, 1 new, 0 known, 0 refused')).toBeVisible();

  await section.getByRole('button', { name: 'Stop and delete what I sent' }).click();
  await section.getByRole('button', { name: 'Delete it' }).click();
  await expect(options.getByText('has deleted what you sent')).toBeVisible();
  await options.close();
});

test('the card looks the account up by name, with every practice', async () => {
  await page.goto(profile());
  await badge().click();
  await card().getByRole('button', { name: 'Look up all practices' }).click();
  const list = card().getByRole('list', { name: 'All practices' });
  await expect(list.locator('.name')).toHaveCount(7);
  await expect(list.getByText('Too little evidence').first()).toBeVisible();
});

test('a report goes from the card through the real door, and is taken back', async () => {
  const dialog = await reportFromCard();
  const mine = await newPage(chromium);
  await mine.goto(`${chromium.extension}/reports.html`);
  const sent = mine.getByRole('region', { name: 'Sent' });
  await expect(sent.getByText('Follow-churn')).toBeVisible();
  await expect(sent.getByText('Received', { exact: true })).toBeVisible();
  await expect(sent.getByText('Twice within a month.')).toBeVisible();
  await expect(mine.getByRole('region', { name: 'How your reports count' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Withdraw' }).click();
  await expect(dialog.getByRole('heading', { name: 'Withdrawn' })).toBeVisible();
  await expect(mine.getByText('You have reported nobody.')).toBeVisible();
  await mine.getByRole('button', { name: 'Stop and delete what I sent' }).click();
  await mine.getByRole('button', { name: 'Delete it' }).click();
  await expect(mine.getByText('has deleted what you sent')).toBeVisible();
  await dialog.close();
  await mine.close();
});

for (const { outcome, becomes, state } of [
  { outcome: 'Clear', becomes: 'no badge', state: 'Not upheld' },
  { outcome: 'Confirm', becomes: 'a reviewed one', state: 'Upheld' },
] as const) {
  test(`reported, and ruled on by a moderator (${outcome}): the open page has ${becomes} within a minute`, async () => {
    test.setTimeout(180_000);
    // Somebody on whom no moderator ruled yet.
    site.cast = (await castFromTruth(service, 'chromium')).cast;
    await (await reportFromCard()).close();
    await page.keyboard.press('Escape');

    const desk = await newPage(chromium);
    await goToDesk(desk, service);
    const section = await openCase(desk, site.cast.handle);
    await expect(section.getByText('Twice within a month.').first()).toBeVisible();
    await rule(section, outcome);

    await page.bringToFront();
    await expect(badge()).toHaveCount(0, { timeout: 60_000 });
    const reviewed = badgeOn(page, 'Follow-churn, Reviewed: details');
    await expect(reviewed).toHaveCount(outcome === 'Confirm' ? 1 : 0);
    if (outcome === 'Confirm') {
      await reviewed.click();
      await expect(card().getByText(/^Reviewed by a moderator on/)).toBeVisible();
    }
    await desk.goto(`${chromium.extension}/reports.html`);
    const mine = desk.getByRole('region', { name: 'Sent' }).getByRole('listitem');
    await expect(mine.filter({ hasText: site.cast.did }).getByText(state, { exact: true })).toBeVisible();
    await desk.close();
  });
}

/** From the badge to a report the service received, where what moderators make of it begins; gives the dialog. */
async function reportFromCard(): Promise<Page> {
  await page.goto(profile());
  await badge().click();
  const [dialog] = await Promise.all([
    chromium.context.waitForEvent('page'),
    card().getByRole('button', { name: 'Report…' }).click(),
  ]);
  await expect(dialog.getByText(site.cast.handle, { exact: true })).toBeVisible();
  await dialog.getByRole('radio', { name: /^It followed me, and left/ }).check();
  await dialog.getByLabel('Note (optional)').fill('Twice within a month.');
  await dialog.getByRole('button', { name: 'Send to' }).click();
  // The proof of work is the real one.
  await expect(dialog.getByRole('heading', { name: /was received$/ })).toBeVisible({ timeout: 60_000 });
  return dialog;
}
