import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { badgeOn, chooseService, newPage, startChromium, type Chromium } from './browsers';
import { castFromTruth } from './cast';
import { startSite, type FixtureSite } from './site';

/* From what Bluesky's stream says to the badge beside a name: a service of its own that follows a stub, and nobody reports anything. */

const PROJECT = join(import.meta.dirname, '../..');

const folder = mkdtempSync(join(tmpdir(), 'fairfollow-stream-'));
const events = join(folder, 'people.jsonl');
const running: ChildProcess[] = [];
let service: string;
let chromium: Chromium | undefined;
let site: FixtureSite | undefined;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  execFileSync(
    join(PROJECT, 'run'),
    ['simulate', '--accounts', '100', '--days', '60', '--seed', '4', '-o', events],
    {
      stdio: 'ignore',
    },
  );
  const streamPort = await freePort();
  const port = await freePort();
  start('bench/jetstream', ['--port', String(streamPort), events], {});
  start('run', ['serve', '--bluesky'], {
    FAIRFOLLOW_DATA: join(folder, 'data'),
    FAIRFOLLOW_JETSTREAM_URL: `ws://127.0.0.1:${streamPort}/subscribe`,
    QUARKUS_HTTP_PORT: String(port),
  });
  service = `http://localhost:${port}`;
  await expect
    .poll(async () => (await fetch(`${service}/q/health/ready`).catch(() => null))?.ok ?? false, {
      message: 'the service does not become ready',
      timeout: 120_000,
    })
    .toBe(true);
});

test.afterAll(async () => {
  await chromium?.close();
  await site?.close();
  await Promise.all(running.map(stop));
  rmSync(folder, { recursive: true, force: true });
});

test('whoever churns on the stream has a badge and is explained, and nobody reported it', async () => {
  test.setTimeout(300_000);
  const { cast, statement } = await castFromTruth(service, null, `${events}.truth.csv`);
  site = await startSite(cast);
  chromium = await startChromium(site);
  await chooseService(chromium, service);
  const page = await newPage(chromium);
  await page.goto(`https://bsky.app/profile/${cast.handle}`);
  await expect(badgeOn(page)).toHaveCount(1);
  await badgeOn(page).hover();
  const card = page.getByRole('dialog', { name: /^Follow-churn/ });
  await expect(card.locator('.statement')).toHaveText(statement);
  await page.goto(`https://bsky.app/profile/${cast.organicHandle}`);
  await expect(page.getByText('Rosa Marín').first()).toBeVisible();
  await expect(badgeOn(page)).toHaveCount(0);
});

/** In a group of its own: what it starts is stopped with it. */
function start(command: string, args: string[], env: Record<string, string>): void {
  running.push(
    spawn(join(PROJECT, command), args, { env: { ...process.env, ...env }, stdio: 'ignore', detached: true }),
  );
}

async function stop(process_: ChildProcess): Promise<void> {
  if (process_.exitCode !== null || process_.pid === undefined) return;
  const ended = new Promise((resolve) => process_.once('exit', resolve));
  process.kill(-process_.pid, 'SIGTERM');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
