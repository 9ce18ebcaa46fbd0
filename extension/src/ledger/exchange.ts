import { accountKeys, type Network } from '../lookup/account';
import { matching, read, words } from '../lookup/wire';
import type { Between, Doubt } from './departure';
import type { OwnAccount } from './ownAccounts';
import { isOpen, later, MOST_SPELLS, type Following, type Known, type Spell } from './spells';
import { isMeant, newFollower, newOwn, recordOf, type Follower, type RecordStore } from './store';

/*
 * The record as a file the user keeps, and back. A file may come from anywhere: what is not of this form is refused
 * whole, before anything is written.
 */

const FORMAT = 'fairfollow-record';
const VERSION = 1;
const BATCH = 500;
const MOST_ACCOUNTS = 50;
const MOST_FOLLOWERS = 2_000_000;

const KNOWN: readonly Known[] = ['list', 'notice', 'page', 'own-list'];
const DOUBTS: readonly Doubt[] = ['gone', 'blocked', 'perhaps-blocked', 'not-listed'];
const NETWORKS: readonly Network[] = ['x', 'bluesky', 'mastodon'];

interface FiledFollower {
  handle: string | null;
  nativeId: string | null;
  name: string | null;
  handleAt: string;
  seenAt: string | null;
  spells: Spell[];
}

interface FiledRecord {
  account: OwnAccount;
  followers: FiledFollower[];
}

/** Everything in the record, in pieces of a JSON file. */
export async function* exported(store: RecordStore, now: number): AsyncGenerator<string, void, void> {
  const head = { format: FORMAT, version: VERSION, exportedAt: new Date(now).toISOString() };
  yield `${JSON.stringify(head).slice(0, -1)},"records":[`;
  let first = true;
  for (const own of (await store.owns()).filter(({ deleteAt }) => deleteAt === null)) {
    yield `${first ? '' : ','}\n{"account":${JSON.stringify(own.account)},"followers":[`;
    first = false;
    let separator = '\n';
    for await (const rows of batchesOf(store, own.key)) {
      yield separator + rows.map((row) => JSON.stringify(filed(row))).join(',\n');
      separator = ',\n';
    }
    yield ']}';
  }
  yield ']}\n';
}

/** All followers of an own account, a batch at a time. */
export async function* batchesOf(store: RecordStore, own: string): AsyncGenerator<Follower[], void, void> {
  let after: Follower | null = null;
  for (;;) {
    const rows: Follower[] = await store.read((all) => all.all(own, after, BATCH));
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1) ?? null;
  }
}

/** What is in a file; null where it is not a record. */
export function parseRecord(text: string): FiledRecord[] | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  const { format, version, records } = read<Record<'format' | 'version' | 'records', unknown>>(body);
  if (format !== FORMAT || version !== VERSION) return null;
  if (!Array.isArray(records) || records.length > MOST_ACCOUNTS) return null;
  return every(records, parseOne);
}

/** Adds what a file tells to the record; done twice it changes nothing more. Tells how many followers it told of. */
export async function merge(store: RecordStore, records: FiledRecord[], now: number): Promise<number> {
  const at = new Date(now).toISOString();
  let merged = 0;
  for (const { account, followers } of records) {
    const key = await store.change(async (rows) => {
      const own = recordOf(await rows.owns(), account) ?? newOwn(account, at);
      await rows.putOwn({ ...own, deleteAt: null });
      return own.key;
    });
    for (let start = 0; start < followers.length; start += BATCH) {
      const batch = followers.slice(start, start + BATCH);
      await store.change(async (rows) => {
        const shown = batch.map(({ handle, nativeId }) => ({ network: account.network, handle, nativeId }));
        // All at once: one after the other takes many times as long.
        const found = await Promise.all(
          batch.map(({ handleAt }, index) => rows.find(key, shown[index] ?? account, handleAt)),
        );
        const here = new Map<string, Follower>();
        for (const [index, follower] of batch.entries()) {
          const one = shown[index] ?? account;
          const twice = accountKeys(one)
            .flatMap((name) => here.get(name) ?? [])
            .find((row) => isMeant(row, one, follower.handleAt));
          const row = found[index];
          const known = twice ?? (row && here.get(row.id)) ?? row;
          const next = withFiled(known ?? newFollower(key, one, follower.name, follower.handleAt), follower);
          for (const name of [next.id, ...accountKeys(one)]) here.set(name, next);
        }
        await Promise.all(
          [...new Map([...here.values()].map((row) => [row.id, row])).values()].map((row) => rows.put(row)),
        );
        merged += batch.length;
      });
    }
  }
  return merged;
}

function withFiled(known: Follower, follower: FiledFollower): Follower {
  const newer = follower.handleAt > known.handleAt;
  return {
    ...known,
    ...(newer && { handle: follower.handle ?? known.handle, name: follower.name ?? known.name }),
    nativeId: known.nativeId ?? follower.nativeId,
    handleAt: later(known.handleAt, follower.handleAt),
    ...mergeSpells(known, follower),
  };
}

/** What two records of one follower say together. */
export function mergeSpells(known: Following, other: Pick<Following, 'spells' | 'seenAt'>): Following {
  const spells = [...known.spells];
  for (const spell of other.spells) {
    const same = spells.findIndex((one) => isSameSpell(one, spell));
    if (same === -1) spells.push(spell);
    else spells[same] = united(spells[same] ?? spell, spell);
  }
  spells.sort((one, another) => (one.followed[1] < another.followed[1] ? -1 : 1));
  // Only the last may still last: of an earlier one that was never seen to end, the next one's beginning tells.
  const closed = spells.slice(-MOST_SPELLS).map((spell, index, all): Spell => {
    const next = all[index + 1];
    if (next === undefined || spell.left !== null) return spell;
    return { ...spell, left: [null, next.followed[1]], leftBy: next.followedBy, doubt: 'not-listed' };
  });
  const merged = { ...known, spells: closed, seenAt: later(known.seenAt, other.seenAt) };
  return isOpen(merged) ? merged : { ...merged, absence: null, denial: null };
}

/** Two accounts of one spell overlap in what is certain of them. */
function isSameSpell(one: Spell, other: Spell): boolean {
  const begins = (spell: Spell) => spell.followed[1];
  const ends = ({ left, followed }: Spell) => (left === null ? null : (left[0] ?? followed[1]));
  const before = (first: Spell, second: Spell) => {
    const end = ends(first);
    return (
      end !== null &&
      end < (second.followed[0] ?? begins(second)) &&
      (first.left?.[1] ?? '') <= begins(second)
    );
  };
  return !before(one, other) && !before(other, one);
}

function united(one: Spell, other: Spell): Spell {
  const followed = narrower(one.followed, other.followed);
  if (one.left === null || other.left === null) return { ...(one.left === null ? other : one), followed };
  const better = one.doubt === null || other.doubt !== null ? one : other;
  const isAlike = (one.doubt === null) === (other.doubt === null);
  return { ...better, followed, left: isAlike ? narrower(one.left, other.left) : (better.left ?? one.left) };
}

/** What both say, or the first where they contradict each other. */
function narrower(one: Between, other: Between): Between {
  const from = later(one[0], other[0]);
  const to = one[1] < other[1] ? one[1] : other[1];
  return from === null || from <= to ? [from, to] : one;
}

function filed({ handle, nativeId, name, handleAt, seenAt, spells }: Follower): FiledFollower {
  return { handle, nativeId, name, handleAt, seenAt, spells };
}

function parseOne(body: unknown): FiledRecord | null {
  const record = read<FiledRecord>(body);
  const account = read<OwnAccount>(record.account);
  const network = NETWORKS.find((known) => known === account.network);
  const handle = name(account.handle);
  if (network === undefined || handle === null) return null;
  if (!Array.isArray(record.followers) || record.followers.length > MOST_FOLLOWERS) return null;
  const followers = every(record.followers, parseFollower);
  return followers && { account: { network, handle, nativeId: name(account.nativeId) }, followers };
}

function parseFollower(body: unknown): FiledFollower | null {
  const follower = read<FiledFollower>(body);
  const [handle, nativeId] = [name(follower.handle), name(follower.nativeId)];
  const handleAt = instant(follower.handleAt);
  if ((handle === null && nativeId === null) || handleAt === null) return null;
  if (!Array.isArray(follower.spells) || follower.spells.length > MOST_SPELLS) return null;
  const spells = every(follower.spells, parseSpell);
  if (spells === null || spells.slice(0, -1).some(({ left }) => left === null)) return null;
  return {
    handle,
    nativeId,
    name: words(follower.name, 100),
    handleAt,
    seenAt: instant(follower.seenAt),
    spells,
  };
}

function parseSpell(body: unknown): Spell | null {
  const spell = read<Spell>(body);
  const followed = between(spell.followed);
  const followedBy = KNOWN.find((known) => known === spell.followedBy);
  if (followed === null || followedBy === undefined) return null;
  if (spell.left === null) return { followed, followedBy, left: null, leftBy: null, doubt: null };
  const left = between(spell.left);
  const leftBy = KNOWN.find((known) => known === spell.leftBy);
  const doubt = DOUBTS.find((known) => known === spell.doubt) ?? null;
  if (left === null || leftBy === undefined || left[1] < followed[1]) return null;
  return doubt === null && spell.doubt !== null ? null : { followed, followedBy, left, leftBy, doubt };
}

function between(body: unknown): Between | null {
  if (!Array.isArray(body) || body.length !== 2) return null;
  const [from, to] = [body[0] === null ? null : instant(body[0]), instant(body[1])];
  if (to === null || (body[0] !== null && from === null)) return null;
  return from !== null && from > to ? null : [from, to];
}

function instant(body: unknown): string | null {
  const text = matching(body, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  return text === null || Number.isNaN(Date.parse(text)) ? null : text;
}

function name(body: unknown): string | null {
  return matching(body, /^[\x21-\x7e]{1,2048}$/);
}

function every<T>(items: unknown[], parse: (item: unknown) => T | null): T[] | null {
  const parsed = items.map(parse);
  return parsed.every((item) => item !== null) ? parsed : null;
}
