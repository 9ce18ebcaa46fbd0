import { sameHandle, type ShownAccount } from '../lookup/account';
import { count, matching, read, words } from '../lookup/wire';
import { permissionFor, type Ask } from './ask';
import { NetworkError, type FollowerSource, type ListedFollower } from './followers';
import { isDid, publicHost, typedAccount } from './names';

const APP_VIEW = 'public.api.bsky.app';
const PAGE = 100;
const PROFILES = 25;
const RELATIONS = 30;
const NAME_LENGTH = 100;
const CURSOR = /^[\x21-\x7e]{1,512}$/;
// What the network shows of an account whose handle does not lead back to it.
const NO_HANDLE = 'handle.invalid';

interface Profile {
  did: string;
  handle: string;
  name: string;
  followers: number | null;
}

/** Bluesky's public follower lists. */
export function blueskyFollowers(ask: Ask): FollowerSource {
  const xrpc = (method: string, parameters: [string, string][]) => {
    const url = new URL(`https://${APP_VIEW}/xrpc/${method}`);
    for (const [name, value] of parameters) url.searchParams.append(name, value);
    return ask(url);
  };

  const profileOf = async ({ handle, nativeId }: ShownAccount): Promise<Profile> => {
    const actor = nativeId ?? handle ?? '';
    const { body } = await xrpc('app.bsky.actor.getProfile', [['actor', actor]]);
    const profile = parseProfile(body);
    const meant = nativeId === null ? sameHandle(profile?.handle ?? '', actor) : profile?.did === nativeId;
    if (profile === null || !meant) throw new NetworkError('invalid');
    return profile;
  };

  return {
    async resolve(name) {
      const typed = typedAccount('bluesky', name);
      if (typed === null) throw new NetworkError('not-found');
      const { handle, did } = await profileOf(typed);
      return { network: 'bluesky', handle, nativeId: did };
    },

    async count(own) {
      return (await profileOf(own)).followers;
    },

    async page(own, cursor) {
      const parameters: [string, string][] = [
        ['actor', own.nativeId ?? own.handle],
        ['limit', String(PAGE)],
      ];
      if (cursor !== null) parameters.push(['cursor', cursor]);
      const { body } = await xrpc('app.bsky.graph.getFollowers', parameters);
      const { followers: rows, cursor: told } = read<{ followers: unknown; cursor: unknown }>(body);
      // An unreadable cursor must not pass for the end of the list.
      const last = told === undefined || told === null || told === '';
      const next = last ? null : matching(told, CURSOR);
      const unclear = next === null ? !last : next === cursor;
      if (!Array.isArray(rows) || rows.length > PAGE || unclear) {
        throw new NetworkError('invalid');
      }
      const followers = rows.map(parseProfile).flatMap((profile) => (profile ? [listed(profile)] : []));
      if (rows.length > 0 && followers.length === 0) throw new NetworkError('invalid');
      return { followers, next, unread: rows.length - followers.length };
    },

    async exist(accounts) {
      const states: ('active' | 'gone' | 'unknown')[] = accounts.map(() => 'unknown');
      // By DID only: what has no such handle any more may have changed it.
      const asked = accounts.flatMap(({ nativeId }, index) => (isDid(nativeId) ? [{ nativeId, index }] : []));
      for (let start = 0; start < asked.length; start += PROFILES) {
        const batch = asked.slice(start, start + PROFILES);
        const actors = batch.map(({ nativeId }): [string, string] => ['actors', nativeId]);
        const found = await xrpc('app.bsky.actor.getProfiles', actors).then(parseDids, () => null);
        if (found === null) break;
        for (const { nativeId, index } of batch) states[index] = found.has(nativeId) ? 'active' : 'gone';
      }
      return states;
    },

    async relations(own, accounts) {
      const told = new Map<string, Relation>();
      const dids = accounts.flatMap(({ nativeId }) => (isDid(nativeId) ? [nativeId] : []));
      for (let start = 0; start < dids.length; start += RELATIONS) {
        const others = dids.slice(start, start + RELATIONS).map((did): [string, string] => ['others', did]);
        const { body } = await xrpc('app.bsky.graph.getRelationships', [
          ['actor', own.nativeId ?? own.handle],
          ...others,
        ]);
        for (const [did, relation] of parseRelations(body)) told.set(did, relation);
      }
      return accounts.map(({ nativeId }) => told.get(nativeId ?? '') ?? 'unknown');
    },

    permission: () => permissionFor(APP_VIEW),
  };
}

type Relation = 'follows' | 'follows-not' | 'blocked' | 'unknown';

const BLOCKS = ['blocking', 'blockedBy', 'blockingByList', 'blockedByList'] as const;

function parseRelations(body: unknown): [did: string, relation: Relation][] {
  const { relationships } = read<{ relationships: unknown }>(body);
  if (!Array.isArray(relationships) || relationships.length > RELATIONS) throw new NetworkError('invalid');
  return relationships.flatMap((relationship): [string, Relation][] => {
    const fields = read<Record<'did' | 'followedBy' | (typeof BLOCKS)[number], unknown>>(relationship);
    if (!isDid(fields.did)) return [];
    // A list leaves out whom a block stands between, whether they follow or not.
    if (BLOCKS.some((block) => fields[block] !== undefined)) return [[fields.did, 'blocked']];
    return [[fields.did, fields.followedBy === undefined ? 'follows-not' : 'follows']];
  });
}

function parseDids({ body }: { body: unknown }): Set<string> | null {
  const { profiles } = read<{ profiles: unknown }>(body);
  if (!Array.isArray(profiles) || profiles.length > PROFILES) return null;
  const dids = profiles.map((profile) => read<{ did: unknown }>(profile).did);
  return dids.every(isDid) ? new Set(dids) : null;
}

function parseProfile(body: unknown): Profile | null {
  const { did, handle, displayName, followersCount } = read<{
    did: unknown;
    handle: unknown;
    displayName: unknown;
    followersCount: unknown;
  }>(body);
  const known = typeof handle === 'string' ? publicHost(handle) : null;
  if (!isDid(did) || known === null) return null;
  return {
    did,
    // Many accounts share that one, and must not be taken for each other.
    handle: known === NO_HANDLE ? did : known,
    name: words(displayName, NAME_LENGTH) ?? '',
    followers: count(followersCount),
  };
}

function listed({ did, handle, name }: Profile): ListedFollower {
  return { network: 'bluesky', handle, nativeId: did, name };
}
