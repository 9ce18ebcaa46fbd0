import { existsSync, readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import type { Cast } from './site';

const HOW_TO_START =
  'No service to test against. `./test` at the project’s root starts one; by hand: start the service with its ' +
  'demonstration data, then FAIRFOLLOW_URL=http://localhost:8080 FAIRFOLLOW_TRUTH=…/truth.csv npm run e2e';

interface Person {
  did: string;
  handle: string;
  agent: string;
}

/** The running service under test. */
export function serviceUnderTest(): string {
  const url = process.env.FAIRFOLLOW_URL;
  if (url === undefined || process.env.FAIRFOLLOW_TRUTH === undefined) throw new Error(HOW_TO_START);
  return url.replace(/\/$/, '');
}

/** Who tests of one service at the same time: each has churners of its own, for what one does with them another sees. */
const SHARES = ['chromium', 'disputes', 'firefox'] as const;
type Share = (typeof SHARES)[number];

/**
 * A churner the service lists and somebody who is nothing of the kind, from what the demonstration data says it is.
 * Whoever has a service alone has no share. A service that has only just started is still judging: it is asked until it lists somebody.
 */
export async function castFromTruth(
  service: string,
  share: Share | null,
  truth = process.env.FAIRFOLLOW_TRUTH ?? '',
): Promise<{ cast: Cast; statement: string }> {
  let found: { cast: Cast; statement: string } | null = null;
  await expect
    .poll(async () => (found ??= await findCast(service, share, truth)) !== null, {
      message: 'the service lists none of its invented churners',
      timeout: 240_000,
      intervals: [1_000],
    })
    .toBe(true);
  return found!;
}

async function findCast(
  service: string,
  share: Share | null,
  truth: string,
): Promise<{ cast: Cast; statement: string } | null> {
  const people = readTruth(truth);
  const organic = people.find(({ agent }) => agent === 'organic');
  if (!organic) return null;
  const churners = people.filter(({ agent }) => agent.endsWith('churner'));
  for (const [index, { did, handle }] of churners.entries()) {
    if (share !== null && SHARES[index % SHARES.length] !== share) continue;
    const statement = await likelyStatement(service, handle);
    if (statement === null) continue;
    const cast = {
      name: 'Growth by Gwen',
      handle,
      did,
      organicHandle: organic.handle,
      organicDid: organic.did,
    };
    return { cast, statement };
  }
  return null;
}

function readTruth(file: string): Person[] {
  if (!existsSync(file)) return []; // the service writes it as it starts
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const columns = header.split(',');
  return lines.map((line) => {
    const values = line.split(',');
    const value = (column: string) => values[columns.indexOf(column)] ?? '';
    return { did: value('did'), handle: value('handle'), agent: value('agent') };
  });
}

async function likelyStatement(service: string, handle: string): Promise<string | null> {
  const response = await fetch(`${service}/v1/accounts/bluesky/${handle}`);
  if (!response.ok) return null;
  const { verdicts } = (await response.json()) as {
    verdicts: { practice: string; standing: string; statement: string }[];
  };
  const churn = verdicts.find(
    ({ practice, standing }) => practice === 'follow-churn' && standing === 'likely',
  );
  return churn?.statement ?? null;
}
