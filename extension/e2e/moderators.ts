import { execFileSync } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

const RUN = join(import.meta.dirname, '../../run');
const BASE_32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP = 30_000;

export const PASSWORD = 'lantern orchard seven bridges';
export const REASONS = 'The follows and leavings of these weeks were looked at one by one.';

/** Somebody nobody was before. */
export const newName = () => `mo-${randomUUID().slice(0, 8)}`;

/** Makes a moderator by the command an operator uses, beside the running service; gives the invitation. */
export function invite(name: string): string {
  const told = execFileSync(RUN, ['moderator', 'add', name, '--role', 'moderator', '--demo'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    // What is true of the invented people lies in the service's own folder.
    env: { ...process.env, FAIRFOLLOW_DATA: dirname(process.env.FAIRFOLLOW_TRUTH ?? '') },
  });
  const [invitation] = /ffi_\S+/.exec(told) ?? [];
  if (invitation === undefined) throw new Error(`no invitation in: ${told}`);
  return invitation;
}

/** What an authenticator set up with this key shows now, or so many steps later. Each code opens once. */
export function codeOf(key: string, later = 0): string {
  const bits = Array.from(key.replace(/\s/g, ''), (letter) =>
    BASE_32.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('');
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / STEP) + later));
  const hash = createHmac('sha1', secret).update(step).digest();
  const number = hash.readUInt32BE((hash.at(-1) ?? 0) & 0xf) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** From the command to the desk: enrols, signs out, and signs in as on any other day. */
export async function goToDesk(desk: Page, service: string): Promise<void> {
  const name = newName();
  await desk.goto(`${service}/moderation/sign-in`);
  await desk.getByRole('link', { name: 'Use your invitation' }).click();
  await desk.getByLabel('Invitation').fill(invite(name));
  await desk.getByRole('button', { name: 'Go on' }).click();
  const key = (await desk.locator('.qr code').textContent()) ?? '';
  await desk.getByLabel('Password').fill(PASSWORD);
  await desk.getByLabel('The same again').fill(PASSWORD);
  await desk.getByRole('textbox', { name: 'Code' }).fill(codeOf(key));
  await desk.getByRole('button', { name: 'Set up and sign in' }).click();
  await desk.getByRole('button', { name: 'Sign out' }).click();

  await desk.getByLabel('Name').fill(name);
  await desk.getByLabel('Password').fill(PASSWORD);
  await desk.getByRole('textbox', { name: 'Code' }).fill(codeOf(key, 1));
  await desk.getByRole('button', { name: 'Sign in' }).click();
  await expect(desk.getByRole('heading', { name: 'What waits' })).toBeVisible();
}

/** Finds in the queue who was reported for follow-churn, and opens the case. */
export async function openCase(desk: Page, handle: string): Promise<Locator> {
  await desk.getByRole('link', { name: 'What waits' }).click();
  await desk.getByLabel('State').selectOption('Listed');
  await desk.getByLabel('Practice').selectOption('Follow-churn');
  await desk.getByRole('button', { name: 'Filter' }).click();
  const line = desk.getByRole('listitem').filter({ hasText: handle });
  // Reports are weighed every ten seconds.
  await expect(async () => {
    await desk.reload();
    await expect(line).toContainText('Reported for Follow-churn:', { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await line.getByRole('link', { name: `@${handle}` }).click();
  return desk.getByRole('region', { name: /^Follow-churn/ });
}

export async function rule(section: Locator, outcome: 'Confirm' | 'Clear'): Promise<void> {
  await section.getByRole('radio', { name: outcome }).check();
  await section.getByLabel('Reasons').fill(REASONS);
  await section.getByRole('button', { name: 'Rule' }).click();
  await expect(section.getByRole('heading', { name: 'Rulings' })).toBeVisible();
}
