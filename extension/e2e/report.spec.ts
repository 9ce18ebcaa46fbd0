import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { browser } from 'wxt/browser';
import type { Subject } from '../src/report/subject';
import { badgeOn, chooseService, newPage, startChromium, type Chromium } from './browsers';
import { keptRecord } from './keptRecord';
import { takePicture } from './pictures';
import { startSite, type Cast, type FixtureSite } from './site';
import { startTestService, type TestService } from './testService';

/* From each place an account can be reported from to what the service holds, and back. */

const CAST: Cast = {
  name: 'Growth by Gwen',
  handle: 'gwen.growth.example',
  did: 'did:plc:growthgrowthgrowthgrowth',
  organicHandle: 'rosa.example',
  organicDid: 'did:plc:rosarosarosarosarosarosa',
};
const PROFILE = `https://bsky.app/profile/${CAST.handle}`;
const MESSAGE =
  'Hi Anna, thank you so much for following me! Get 20 % off my new course today at https://shop.example/anna';

let chromium: Chromium;
let site: FixtureSite;
let service: TestService;
let page: Page;

test.beforeEach(async () => {
  site = await startSite(CAST);
  service = await startTestService([{ network: 'bluesky', handle: CAST.handle, nativeId: CAST.did }]);
  chromium = await startChromium(site);
  await chooseService(chromium, service.url);
  page = await newPage(chromium);
});

test.afterEach(async () => {
  await chromium.close();
  await service.close();
  await site.close();
});

const posted = () => service.requests.filter(({ method }) => method === 'POST');
const reports = () => posted().filter(({ url }) => url === '/v1/reports');
const held = () => [...service.reporters.reports.values()].flat();
const host = () => new URL(service.url).host;
const send = (dialog: Page) => dialog.getByRole('button', { name: `Send to ${host()}` }).click();
const literal = (dialog: Page) => dialog.getByRole('group', { name: 'The literal text' });
const openReports = () => page.goto(`${chromium.extension}/reports.html`);

/** The tab that a click opens. */
async function opened(click: () => Promise<unknown>): Promise<Page> {
  const [tab] = await Promise.all([chromium.context.waitForEvent('page'), click()]);
  await expect(tab.getByRole('heading', { level: 1, name: 'Report an account' })).toBeVisible();
  return tab;
}

/** As a menu opens it: menus themselves cannot be reached from a test. */
async function openFor(subject: Subject): Promise<void> {
  await page.goto(`${chromium.extension}/report.html`);
  await page.evaluate(async (handed) => {
    const { storage, tabs } = (globalThis as unknown as { chrome: typeof browser }).chrome;
    const tab = await tabs.getCurrent();
    await storage.session.set({ [`handedOver:report:${String(tab?.id)}`]: handed });
  }, subject);
}

const ROSA = { network: 'bluesky' as const, handle: CAST.organicHandle, nativeId: CAST.organicDid };

test('from the card: nothing is sent before “Send”, then just what was shown; taken back at once', async () => {
  await page.goto(PROFILE);
  await badgeOn(page).click();
  const dialog = await opened(() => page.getByRole('button', { name: 'Report…' }).click());
  await expect(dialog.getByText(CAST.handle, { exact: true })).toBeVisible();
  await dialog.getByRole('radio', { name: /^It followed me, and left/ }).check();
  await dialog.getByLabel('Note (optional)').fill('Twice within a month.');
  await expect(dialog.getByText('21 of 500')).toBeVisible();
  await dialog.getByText('The literal text').click();
  await expect(literal(dialog)).toContainText('Twice within a month.');
  const shown = await literal(dialog).textContent();
  expect(posted()).toEqual([]);

  await send(dialog);
  await expect(
    dialog.getByRole('heading', { name: `Your report on ${CAST.handle} was received` }),
  ).toBeFocused();
  expect(reports().map(({ body }) => body)).toEqual([shown]);
  expect(JSON.parse(shown!)).toEqual({
    account: { network: 'bluesky', name: CAST.did },
    practice: 'follow-churn',
    note: 'Twice within a month.',
  });
  for (const { headers } of reports()) {
    expect(headers).toHaveProperty('idempotency-key');
    for (const name of ['cookie', 'referer']) expect(headers).not.toHaveProperty(name);
  }
  expect(held()).toHaveLength(1);

  await dialog.getByRole('button', { name: 'Withdraw' }).click();
  await expect(dialog.getByRole('heading', { name: 'Withdrawn' })).toBeFocused();
  expect(held()).toEqual([]);
  await dialog.getByRole('button', { name: 'Write it again' }).click();
  await expect(dialog.getByLabel('Note (optional)')).toHaveValue('Twice within a month.');
  const closing = dialog.waitForEvent('close');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await closing;
});

test('from the popup, of somebody without a badge', async () => {
  await page.goto(`https://bsky.app/profile/${CAST.organicHandle}`);
  const popup = await chromium.context.newPage();
  await popup.goto(`${chromium.extension}/popup.html`);
  await page.bringToFront();
  await popup.reload();
  const dialog = await opened(() => popup.getByRole('button', { name: 'Report this account…' }).click());
  await expect(dialog.getByText(CAST.organicHandle, { exact: true })).toBeVisible();
  expect(posted()).toEqual([]);
});

test('from a look-up', async () => {
  await page.goto(`${chromium.extension}/account.html`);
  await page.getByLabel('Handle or profile address').fill(CAST.handle);
  await page.keyboard.press('Enter');
  const dialog = await opened(() => page.getByRole('button', { name: 'Report…' }).click());
  await expect(dialog.getByText(CAST.handle, { exact: true })).toBeVisible();
});

test('from the own record, with its dates where it is certain of them', async () => {
  await page.goto(`${chromium.extension}/record.html`);
  await page.locator('input[type=file]').setInputFiles(keptRecord(CAST.organicDid, 6));
  await expect(page.getByText('Imported: 6 followers.')).toBeVisible();
  let dialog = await opened(() => page.getByRole('button', { name: 'Report… person0.example' }).click());
  await expect(dialog.getByRole('radio', { name: /^It followed me, and left/ })).toBeChecked();
  await dialog.getByText('The literal text').click();
  await expect(literal(dialog)).toContainText('"followedAt"');
  await dialog.getByLabel(/^With the dates of your record/).uncheck();
  await expect(literal(dialog)).not.toContainText('dates');
  await dialog.getByLabel(/^With the dates of your record/).check();
  await send(dialog);
  await expect(dialog.getByRole('heading', { name: /was received$/ })).toBeVisible();
  const { dates } = JSON.parse(reports()[0]!.body) as { dates: Record<string, string> };
  expect(Object.values(dates)).toEqual([
    expect.stringMatching(/T00:00:00Z$/),
    expect.stringMatching(/T00:00:00Z$/),
  ]);
  await dialog.close();

  dialog = await opened(() => page.getByRole('button', { name: 'Report… person4.example' }).click());
  await expect(dialog.getByText('Your record is not certain that this account left')).toBeVisible();
  await dialog.getByText('The literal text').click();
  await expect(literal(dialog)).not.toContainText('dates');
});

test('of a message: a fingerprint goes, the text stays', async () => {
  await openFor({ account: null, practice: 'auto-dm', text: MESSAGE });
  await expect(page.getByRole('radio', { name: /^It sent me the message/ })).toBeChecked();
  await expect(page.getByLabel('Its text')).toHaveValue(MESSAGE);
  await page.getByRole('button', { name: 'Send to' }).click();
  await expect(page.getByText('This names no account')).toBeVisible();
  await expect(page.getByLabel('Whose account?')).toBeFocused();
  await page.getByLabel('Whose account?').fill(`https://bsky.app/profile/${CAST.handle}`);
  await expect(page.getByLabel('Kind of message')).toHaveValue('promotion');
  await page.getByLabel('How soon after the follow it came').selectOption('within 10 minutes');
  await page.getByText('The literal text').click();
  const before = await literal(page).textContent();
  await page.getByLabel('Your name, where the message addresses you').fill('Anna');
  await expect(literal(page)).not.toHaveText(before!);
  const shown = await literal(page).textContent();
  await send(page);
  await expect(page.getByRole('heading', { name: /was received$/ })).toBeVisible();
  const sent = JSON.parse(reports()[0]!.body) as { message: { bands: unknown[] } };
  expect(sent).toMatchObject({
    account: { network: 'bluesky', name: CAST.handle },
    practice: 'auto-dm',
    message: { kind: 'promotion', delaySeconds: 600, hasLink: true },
  });
  expect(sent.message.bands).toHaveLength(32);
  expect(reports()[0]!.body).toBe(shown);
  const everything = JSON.stringify(service.requests);
  for (const word of ['Anna', 'course', 'shop.example', 'following']) expect(everything).not.toContain(word);
});

test('away, then there: it waits, survives the browser’s end, and counts once', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'fairfollow-reports-'));
  await chromium.close();
  chromium = await startChromium(site, profile);
  await chooseService(chromium, service.url);
  page = await newPage(chromium);
  service.reporters.refusal = { status: 503, body: { code: 'unavailable' } };
  await openFor({ account: ROSA });
  await page.getByRole('radio', { name: /^It follows back anybody/ }).check();
  await send(page);
  await expect(page.getByRole('heading', { name: 'Not sent yet' })).toBeFocused();
  await chromium.close();

  service.reporters.refusal = null;
  chromium = await startChromium(site, profile);
  page = await newPage(chromium);
  await openReports();
  await expect(
    page.getByRole('region', { name: 'On their way' }).getByText(CAST.organicHandle),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(page.getByRole('region', { name: 'Sent' }).getByText(CAST.organicDid)).toBeVisible();
  await expect(page.getByRole('region', { name: 'On their way' })).toHaveCount(0);
  expect(held()).toHaveLength(1);
  const [first, second, ...more] = reports();
  expect(more).toEqual([]);
  expect(second).toMatchObject({ body: first!.body });
  expect(second!.headers['idempotency-key']).toBe(first!.headers['idempotency-key']);
});

test('what waits can be taken back, and nothing of it goes', async () => {
  service.reporters.away = true;
  await openFor({ account: ROSA, practice: 'never-replies' });
  await send(page);
  await expect(page.getByRole('heading', { name: 'Not sent yet' })).toBeVisible();
  await openReports();
  await page.getByRole('button', { name: `Withdraw: ${CAST.organicHandle}` }).click();
  await expect(page.getByText(`The report on ${CAST.organicHandle} is withdrawn.`)).toBeVisible();
  service.reporters.away = false;
  await page.reload();
  await expect(page.getByText('You have reported nobody.')).toBeVisible();
  expect(reports()).toEqual([]);
});

test('refused, in words, and mended', async () => {
  service.reporters.refusal = {
    status: 400,
    body: { code: 'invalid-account', detail: 'This account is not on \u202eBluesky.' },
  };
  await openFor({ account: ROSA, practice: 'never-replies' });
  await send(page);
  await expect(page.getByRole('heading', { name: 'The report was refused' })).toBeVisible();
  await expect(page.getByText('This account is not on Bluesky.', { exact: true })).toBeVisible();
  service.reporters.refusal = null;
  await page.getByRole('button', { name: 'Change…' }).click();
  await page.getByRole('button', { name: 'Send to' }).click();
  await expect(page.getByRole('heading', { name: /was received$/ })).toBeVisible();
  await openReports();
  await expect(page.getByRole('region', { name: 'On their way' })).toHaveCount(0);
  expect(held()).toHaveLength(1);
});

test('my reports: what has become of each, changed, withdrawn, and all of it forgotten', async () => {
  await openFor({ account: ROSA, practice: 'never-replies' });
  await page.getByLabel('Note (optional)').fill('Asked <b>three</b> times.');
  await send(page);
  await page.getByRole('link', { name: 'My reports' }).click();
  held()[0]!.state = 'not-upheld';
  await page.reload();
  const sent = page.getByRole('region', { name: 'Sent' });
  await expect(sent.getByText('Not upheld')).toBeVisible();
  await expect(sent.getByText('Asked <b>three</b> times.')).toBeVisible();
  await expect(page.getByText('One of your reports was ruled on, and upheld.')).toBeVisible();

  const dialog = await opened(() => sent.getByRole('button', { name: /^Change…/ }).click());
  await expect(dialog.getByLabel('Note (optional)')).toHaveValue('Asked <b>three</b> times.');
  await dialog.getByLabel('Note (optional)').fill('Asked twice.');
  await send(dialog);
  await expect(dialog.getByRole('heading', { name: /was received$/ })).toBeVisible();
  await dialog.close();
  expect(held()).toMatchObject([{ note: 'Asked twice.' }]);
  await expect(sent.getByText('Asked twice.')).toBeVisible();

  await sent.getByRole('button', { name: /^Withdraw/ }).click();
  await expect(sent.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await sent.getByRole('button', { name: /^Withdraw for good/ }).click();
  await expect(page.getByText('You have reported nobody.')).toBeVisible();
  expect(held()).toEqual([]);

  await page.getByRole('button', { name: 'Stop and delete what I sent' }).click();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await expect(page.getByText('has deleted what you sent')).toBeVisible();
  await expect(page.getByRole('region', { name: 'How your reports count' })).toHaveCount(0);
  expect(service.reporters.tokens.size).toBe(0);
});

test('by keyboard alone', async () => {
  await openFor({ account: ROSA });
  await page.bringToFront();
  await page.getByRole('button', { name: 'Somebody else' }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio').first()).toBeChecked();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio').nth(1)).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Note (optional)')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(literal(page)).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Send to' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /was received$/ })).toBeFocused();
});

test('the owner’s words and a moderator’s look in card, popup and look-up', async () => {
  service.verdict = {
    standing: 'confirmed',
    disputed: true,
    rebuttal: { text: 'I clean up\u202e my list <b>every</b> spring.', at: '2026-11-20T10:00:00Z' },
    reviewedAt: '2026-11-21T10:00:00Z',
  };
  service.version++;
  await page.goto(PROFILE);
  const badge = badgeOn(page, 'Follow-churn, Reviewed, disputed: details');
  await badge.click();
  const card = page.getByRole('dialog', { name: /^Follow-churn/ });
  await expect(card.getByText('Reviewed by a moderator on 21 Nov 2026.')).toBeVisible();
  await expect(card.getByText('I clean up my list <b>every</b> spring.')).toBeVisible();
  await takePicture('report-rebuttal', (options) => page.screenshot(options));
  const popup = await chromium.context.newPage();
  await popup.goto(`${chromium.extension}/popup.html`);
  await page.bringToFront();
  await popup.reload();
  await expect(popup.getByText('I clean up my list <b>every</b> spring.')).toBeVisible();
  await expect(popup.getByText('Reviewed by a moderator on 21 Nov 2026.')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no accessibility findings, ${colorScheme}`, async () => {
    const findNothing = async () => {
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    };
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 1080, height: 900 });
    await openFor({
      account: { network: 'bluesky', handle: CAST.handle, nativeId: CAST.did },
      practice: 'auto-dm',
      text: MESSAGE,
    });
    await expect(page.getByText('Fingerprint', { exact: true })).toBeVisible();
    await page.getByLabel('Your name, where the message addresses you').fill('Anna');
    await page.getByLabel('How soon after the follow it came').selectOption('within 10 minutes');
    await page.getByText('The literal text').click();
    await findNothing();
    await page.getByText('The literal text').click();
    await takePicture(`report-${colorScheme}`, (options) => page.screenshot({ ...options, fullPage: true }));
    await send(page);
    await expect(page.getByRole('heading', { name: /was received$/ })).toBeVisible();
    await findNothing();
    await takePicture(`report-sent-${colorScheme}`, (options) => page.screenshot(options));
    await openFor({ account: ROSA, practice: 'follow-churn', note: 'Twice within a month.' });
    await send(page);
    await expect(page.getByRole('heading', { name: /was received$/ })).toBeVisible();
    held()[0]!.state = 'upheld';
    service.reporters.refusal = { status: 503, body: { code: 'unavailable' } };
    await openFor({ account: ROSA, practice: 'unfollow-shaming' });
    await send(page);
    await expect(page.getByRole('heading', { name: 'Not sent yet' })).toBeVisible();
    await page.setViewportSize({ width: 1000, height: 900 });
    await openReports();
    await expect(page.getByText('Upheld', { exact: true })).toBeVisible();
    await expect(page.getByText('Waiting', { exact: true })).toBeVisible();
    await findNothing();
    await takePicture(`reports-${colorScheme}`, (options) => page.screenshot({ ...options, fullPage: true }));
    await page.setViewportSize({ width: 320, height: 600 });
    const over = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await over()).toBeLessThanOrEqual(0);
    await openFor({ practice: 'auto-dm', text: MESSAGE });
    await expect(page.getByLabel('Its text')).toHaveValue(MESSAGE);
    expect(await over()).toBeLessThanOrEqual(0);
  });
}
