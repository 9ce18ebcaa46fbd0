import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blueskyFollowers } from '../src/networks/bluesky';
import { mastodonFollowers } from '../src/networks/mastodon';

/* Answers that were recorded from the networks, where the machine has them; they are no part of the project. */

const FOLDER =
  process.env.FAIRFOLLOW_API_FIXTURES ?? join(import.meta.dirname, '../../../shared/data/api-fixtures');
const present = existsSync(FOLDER);
if (!present) console.warn(`No recorded answers in ${FOLDER}: their tests are skipped.`);

const recorded = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
const answering = (body: unknown) => () => Promise.resolve({ body, headers: new Headers() });

test.skipIf(!present)('every row of a recorded page of Bluesky is read', async () => {
  const body = recorded('bluesky_getFollowers.json') as {
    subject: { did: string; handle: string };
    followers: { did: string }[];
    cursor: string;
  };
  const { did: nativeId, handle } = body.subject;
  const page = await blueskyFollowers(answering(body)).page({ network: 'bluesky', handle, nativeId }, null);
  expect(page.followers.map((follower) => follower.nativeId)).toEqual(body.followers.map(({ did }) => did));
  expect(page).toMatchObject({ next: body.cursor, unread: 0 });
});

test.skipIf(!present)('a recorded profile of Bluesky is resolved and counted', async () => {
  const { profiles } = recorded('bluesky_getProfiles.json') as {
    profiles: { did: string; handle: string; followersCount: number }[];
  };
  const [profile] = profiles;
  const source = blueskyFollowers(answering(profile));
  const own = await source.resolve(profile!.handle);
  expect(own.nativeId).toBe(profile!.did);
  expect(await source.count(own)).toBe(profile!.followersCount);
});

test.skipIf(!present)(
  'a recorded list of Mastodon is read, once it names actors as today’s servers do',
  async () => {
    const account = recorded('mastodon_account.json') as { acct: string; url: string };
    const rows = recorded('mastodon_followers.json') as { acct: string; url: string }[];
    const own = {
      network: 'mastodon' as const,
      handle: `${account.acct}@${new URL(account.url).host}`,
      nativeId: null,
    };
    const pageOf = (list: unknown[]) =>
      mastodonFollowers((url) => answering(url.pathname.endsWith('/lookup') ? account : list)()).page(
        own,
        null,
      );

    // The recording is of a server older than 4.2.
    await expect(pageOf(rows)).rejects.toMatchObject({ code: 'invalid' });
    const { followers, unread } = await pageOf(rows.map((row) => ({ ...row, uri: row.url })));
    expect(followers).toHaveLength(rows.length);
    expect(unread).toBe(0);
    for (const [index, { handle }] of followers.entries()) expect(handle).toContain(rows[index]!.acct);
  },
);
