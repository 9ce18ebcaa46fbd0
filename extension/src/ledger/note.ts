import type { Network } from '../lookup/account';
import type { Count } from '../sites/site';
import type { Sighting, Sightings } from './sightings';
import { denied, missed, noticed, present, type Look } from './spells';
import { newFollower, type Follower, type Own, type Pass, type RecordStore, type Rows } from './store';
import { takeHandleFromOthers } from './walk';

/*
 * What pages tell as the user looks at them. Only followers are ever noted: that an account does not follow is news
 * only where it did, and of anybody else the record keeps nothing.
 */

const MINUTE = 60_000;
/** Scrolling through one's list goes on for as long as there is no longer pause than this. */
const PASS_PAUSE = 10 * MINUTE;
/** For so long a number of followers that a page told is taken for the one of the list. */
const COUNT_HOLDS = 60 * MINUTE;
const NEARLY_ALL = 0.99;
const BATCH = 500;

/**
 * Where a public list says who follows, a page is believed only when it tells the instant of a follow: a row misread there
 * would be missing from the list ever after, as if it had left.
 */
function isTestimony({ what, at }: Sighting, network: Network): boolean {
  return network === 'x' || (what === 'followed' && at !== null);
}

/** Notes what a page told in the record of an own account. */
export async function noteSightings(
  store: RecordStore,
  key: string,
  { viewer, sightings, ...rest }: Sightings,
  now: number,
): Promise<void> {
  const told = { ...rest, sightings: sightings.filter((one) => isTestimony(one, viewer.network)) };
  await settlePass(store, key, now, told.visit ?? null, told.sightings.some(isListed));
  const at = new Date(now).toISOString();
  await store.change(async (rows) => {
    const own = await rows.own(key);
    if (own?.deleteAt !== null) return;
    const next = { ...own, told: toldCount(told.followers, at) ?? own.told };
    if (told.sightings.some(isListed)) next.pass = goneOn(next, told.visit ?? null, at);
    for (const sighting of told.sightings) await noteOne(rows, next, sighting, at, told.visit ?? null);
    if (next.pass !== null) next.number = Math.max(next.number, next.pass.number);
    await rows.putOwn(next);
  });
}

async function noteOne(rows: Rows, own: Own, sighting: Sighting, at: string, visit: string | null) {
  const { account, what } = sighting;
  if (account.network !== own.account.network) return;
  const row = await rows.find(own.key, account, at);
  if (row === null && what === 'follows-not') return;
  const known = { ...(row ?? newFollower(own.key, account, null, at)), ...names(row, sighting, at) };
  const next = { ...known, ...seenAs(sighting, known, own, at, visit) };
  if (what === 'listed' && own.pass !== null) {
    if (known.met !== own.pass.number) own.pass = { ...own.pass, met: own.pass.met + 1 };
    next.met = own.pass.number;
  }
  await rows.put(next);
  await takeHandleFromOthers(rows, own.key, account, at);
}

function seenAs({ what, at: told }: Sighting, known: Follower, own: Own, at: string, visit: string | null) {
  switch (what) {
    case 'followed':
      return noticed(known, told === null ? null : new Date(told).toISOString(), at);
    case 'follows':
      return present(known, at, 'page');
    case 'listed': {
      const { lastPass } = own;
      return present(known, at, 'own-list', lastPass?.exact === true ? lastPass.startedAt : null);
    }
    case 'follows-not':
      return denied(known, at, visit);
  }
}

function names(row: Follower | null, { account: { handle, nativeId }, what }: Sighting, at: string) {
  // Whoever has the name now does not follow, and need not be who did: that renews nothing.
  const isHearsay = nativeId === null && what === 'follows-not';
  return {
    handle: handle ?? row?.handle ?? null,
    nativeId: nativeId ?? row?.nativeId ?? null,
    handleAt: handle === null || isHearsay ? (row?.handleAt ?? at) : at,
  };
}

/** Concludes the pass that is over, if there is one: who was on no row of the whole list may have left. */
export async function settlePass(
  store: RecordStore,
  key: string,
  now: number,
  visit: string | null = null,
  another = false,
): Promise<void> {
  const own = await store.read((rows) => rows.own(key));
  const pass = own?.pass;
  if (!own || !pass) return;
  const isOver =
    now - Date.parse(pass.lastAt) > PASS_PAUSE ||
    Date.parse(pass.lastAt) > now ||
    (another && visit !== pass.visit);
  if (!isOver) return;
  const followers = countOf(own, pass);
  const isComplete = followers !== null && pass.met >= NEARLY_ALL * followers;
  const look: Look = {
    number: pass.number,
    startedAt: pass.startedAt,
    endedAt: pass.lastAt,
    fate: 'follows-not',
  };
  let after: Follower | null = null;
  while (isComplete) {
    const batch: Follower[] = await store.read((rows) => rows.unmet(key, pass.number, after, BATCH));
    if (batch.length === 0) break;
    await store.change(async (rows) => {
      for (const { id } of batch) {
        const row = await rows.get(key, id);
        if (row === null) continue;
        await rows.put({ ...row, ...missed(row, look, 'own-list', 'not-listed') });
      }
    });
    after = batch.at(-1) ?? null;
  }
  await store.change(async (rows) => {
    const latest = await rows.own(key);
    if (latest?.pass?.number !== pass.number || latest.pass.lastAt !== pass.lastAt) return;
    const exact = followers !== null && pass.met >= followers;
    const lastPass = isComplete ? { startedAt: pass.startedAt, exact } : latest.lastPass;
    await rows.putOwn({ ...latest, pass: null, lastPass });
  });
}

function goneOn({ pass, number }: Own, visit: string | null, at: string): Pass {
  return pass === null
    ? { number: number + 1, visit, startedAt: at, lastAt: at, met: 0 }
    : { ...pass, lastAt: at > pass.lastAt ? at : pass.lastAt };
}

function countOf({ told }: Own, pass: Pass): number | null {
  if (told === null) return null;
  const apart = Date.parse(told.at) - Date.parse(pass.startedAt);
  return Math.abs(apart) <= COUNT_HOLDS ? told.followers : null;
}

function toldCount(followers: Count | null, at: string): Own['told'] {
  return followers?.exact === true ? { followers: followers.value, at } : null;
}

function isListed({ what }: Sighting): boolean {
  return what === 'listed';
}
