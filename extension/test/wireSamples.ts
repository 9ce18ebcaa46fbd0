import { createHash } from 'node:crypto';
import { encodeList } from './encodeList';
import type { FakeService } from './fakes';

/** Has the service publish a list of these 4-byte prefixes. */
export function publish(
  service: FakeService,
  version: number,
  prefixes: number[],
  changes: Record<string, unknown> = {},
): void {
  const bytes = encodeList(version, prefixes);
  service.json('/v1/list', {
    version,
    entries: prefixes.length,
    prefixLength: 1,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    publishedAt: '2026-11-22T10:00:00Z',
    pollAfterSeconds: 60,
    epoch: 'one',
    demo: false,
    ...changes,
  });
  service.answers.set(`/v1/list/${version}`, () => new Response(bytes));
}

export const ACCOUNT = {
  network: 'bluesky',
  handle: 'gwen.growth.example',
  nativeId: 'did:plc:growthgrowthgrowthgrowth',
} as const;

export const VERDICT = {
  practice: 'follow-churn',
  standing: 'likely',
  disputed: false,
  statement: '21 Sep – 19 Nov, 836 follows. About 59 in 100 were dropped within 28 days (at least 50).',
  reasons: [
    { code: 'dropped-within-28-days', value: 0.59, interval: [0.509, 0.67] },
    { code: 'selectivity-at-equal-age', value: 7.84, interval: [3.96, 19] },
    { code: 'weeks-with-follows', value: 8, interval: null },
    { code: 'weeks-with-drops', value: 7, interval: null },
    { code: 'from-a-newer-service', value: 1, interval: null },
  ],
  spark: { from: '2026-10-23', followed: [7, 0], unfollowed: [0, 1] },
  caveats: ['pruning-own-list', 'from-a-newer-service'],
  sources: { measured: 1, reported: 0 },
  asOf: '2026-11-22T10:00:00Z',
  reviewAt: '2027-02-20T10:00:00Z',
};
