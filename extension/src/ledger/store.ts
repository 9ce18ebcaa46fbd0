import { accountKeys, handleKey, nativeIdKey, type Network, type ShownAccount } from '../lookup/account';
import { departureOf, isOpen, UNKNOWN, type Following } from './spells';
import { isSame, type OwnAccount } from './ownAccounts';

/*
 * The record's own database. It may hold hundreds of thousands of followers, so nothing here reads them all at once:
 * what pages ask for is found by index, what walks do comes in small transactions that each leave the record whole.
 */

/** One follower of one own account, and what is known of it. */
export interface Follower extends Following, ShownAccount {
  /** Whose follower. */
  own: string;
  id: string;
  name: string | null;
  /** When the handle was last seen with this account: handles change hands. */
  handleAt: string;
  /** The number of the last walk or pass that met the account; counts only while it follows. */
  met: number;
}

/** How far a walk through a public list has come. */
export interface Walk {
  number: number;
  startedAt: string;
  cursor: string | null;
  pages: number;
  /** Distinct followers met. */
  met: number;
  /** Rows nobody could read: the missing may be among them. */
  unread: number;
  /** How many followers the account is said to have. */
  count: number | null;
  /** An account that has followed for long was met: whoever comes after it in the list is not new. */
  passedKnown: boolean;
  /** Pages in a row that brought nobody. */
  barren: number;
  /** Set when the end of the list was reached and the missing are being settled. */
  ended: { at: string; conclusive: boolean } | null;
}

/** A walk that came to its end. */
export interface CompleteWalk {
  number: number;
  startedAt: string;
  endedAt: string;
  met: number;
  count: number | null;
}

/** The user's scrolling through their own list, as far as it belongs together. */
export interface Pass {
  number: number;
  visit: string | null;
  startedAt: string;
  lastAt: string;
  met: number;
}

/** Why a walk does not go on by itself, or goes on later. */
export type Trouble = 'away' | 'invalid' | 'not-found' | 'hidden' | 'too-many-requests' | 'not-permitted';

/** The record of one own account. */
export interface Own {
  key: string;
  account: OwnAccount;
  since: string;
  /** The number of the newest walk or pass. */
  number: number;
  walk: Walk | null;
  last: CompleteWalk | null;
  /** When the last walk began that missed nobody without cause, as far as one can tell. */
  soundSince: string | null;
  /** Who is not in the record and tops the list began to follow after this. */
  newSince: string | null;
  /** Since when so many are missing that an outage is likelier. */
  doubtfulSince: string | null;
  /** When the next walk begins or this one goes on, in milliseconds since 1970. */
  nextAt: number;
  failures: number;
  trouble: Trouble | null;
  /** Pages read on a day (UTC): huge accounts are read a part a day. */
  spent: { day: string; pages: number };
  pass: Pass | null;
  lastPass: { startedAt: string; exact: boolean } | null;
  /** The exact number of followers a page told, and when. */
  told: { followers: number; at: string } | null;
  /** Set when the user deleted the record, which can be undone until then (milliseconds since 1970). */
  deleteAt: number | null;
}

const DAY = 24 * 3_600_000;
/**
 * A handle alone says who an account is only for so long after it was seen with it: on X and Bluesky whoever likes may
 * take one that was given up, Mastodon's servers give none away twice.
 */
const HANDLE_HOLDS: Record<Network, number> = { x: 30 * DAY, bluesky: 30 * DAY, mastodon: 180 * DAY };

const DATABASE = 'fairfollow-record';
const VERSION = 1;

/** Text no instant or key begins with, which comes after all that do. */
const LAST = '\uffff';

export interface RecordStore {
  owns(): Promise<Own[]>;
  /** Runs `work` in one transaction: all of it is kept, or nothing. It may await nothing but its rows. */
  change<T>(work: (rows: Rows) => Promise<T>): Promise<T>;
  read<T>(work: (rows: Rows) => Promise<T>): Promise<T>;
}

/** What can be asked and written within one transaction. */
export interface Rows {
  own(key: string): Promise<Own | null>;
  owns(): Promise<Own[]>;
  putOwn(own: Own): Promise<void>;
  /** The row of an account; null where it never followed. */
  find(own: string, account: ShownAccount, now: string): Promise<Follower | null>;
  get(own: string, id: string): Promise<Follower | null>;
  /** Those last seen under a handle. */
  named(own: string, network: Network, handle: string): Promise<Follower[]>;
  put(follower: Follower): Promise<void>;
  /** The followers whose newest spell is over, under any of these keys. */
  gone(key: string): Promise<Follower[]>;
  /** Followers no walk before this one met, in order, after one of them. */
  unmet(own: string, before: number, after: Follower | null, most: number): Promise<Follower[]>;
  /** How many follow. */
  following(own: string): Promise<number>;
  /** How many of those no walk before this one met. */
  unmetCount(own: string, before: number): Promise<number>;
  /** How many are missing but not yet said to have left. */
  missing(own: string): Promise<number>;
  /** Those with a spell that ended since an instant, latest end first. */
  departed(own: string, since: string | null, most: number): Promise<Follower[]>;
  /** How many began to follow between two instants, as far as it is known when. */
  begun(own: string, from: string, to: string): Promise<number>;
  /** All of an own account's followers, in batches. */
  all(own: string, after: Follower | null, most: number): Promise<Follower[]>;
  remove(own: string): Promise<void>;
  forget(follower: Follower): Promise<void>;
}

interface StoredFollower extends Follower {
  keys: string[];
  /** Present while it follows. */
  open?: [own: string, met: number];
  /** Present when it follows no longer. */
  goneKeys?: string[];
  missingOf?: string;
  /** When spells ended and began, each after the own account's key. */
  ends: string[];
  starts: string[];
}

/** Opens the record. The browser may close a database at any time; then the next question opens it again. */
export function openRecord(): RecordStore {
  let opened: Promise<IDBDatabase> | null = null;

  const open = async () => {
    const opening = indexedDB.open(DATABASE, VERSION);
    opening.onupgradeneeded = () => {
      build(opening.result);
    };
    const database = await done<IDBDatabase>(opening);
    const forget = () => {
      opened = null;
    };
    database.onclose = forget;
    database.onversionchange = () => {
      database.close();
      forget();
    };
    return database;
  };

  const run = async <T>(mode: IDBTransactionMode, work: (rows: Rows) => Promise<T>): Promise<T> => {
    opened ??= open();
    let transaction: IDBTransaction;
    try {
      transaction = (await opened).transaction(['owns', 'followers'], mode);
    } catch (failure) {
      opened = null;
      throw failure;
    }
    const kept = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => {
        resolve();
      };
      transaction.onabort = () => {
        reject(transaction.error ?? new Error('not kept'));
      };
    });
    kept.catch(() => undefined); // whoever waits for `work` learns it there
    try {
      const result = await work(rowsOf(transaction));
      await kept;
      return result;
    } catch (failure) {
      if (transaction.error === null) {
        try {
          transaction.abort();
        } catch {
          // it is over already
        }
      }
      throw failure;
    }
  };

  return {
    owns: () => run('readonly', (rows) => rows.owns()),
    change: (work) => run('readwrite', work),
    read: (work) => run('readonly', work),
  };
}

/** A follower nothing is known of yet. */
export function newFollower(own: string, account: ShownAccount, name: string | null, now: string): Follower {
  const { network, handle, nativeId } = account;
  return {
    ...UNKNOWN,
    own,
    id: crypto.randomUUID(),
    network,
    handle,
    nativeId,
    name,
    handleAt: now,
    met: 0,
  };
}

/** A record nothing stands in yet. */
export function newOwn(account: OwnAccount, now: string): Own {
  return {
    key: accountKeys(account)[0] ?? '',
    account,
    since: now,
    number: 0,
    walk: null,
    last: null,
    soundSince: null,
    newSince: null,
    doubtfulSince: null,
    nextAt: 0,
    failures: 0,
    trouble: null,
    spent: { day: '', pages: 0 },
    pass: null,
    lastPass: null,
    told: null,
    deleteAt: null,
  };
}

export function recordOf(owns: Own[], account: ShownAccount): Own | null {
  return owns.find((own) => isSame(own.account, account)) ?? null;
}

function build(database: IDBDatabase): void {
  database.createObjectStore('owns', { keyPath: 'key' });
  const followers = database.createObjectStore('followers', { keyPath: ['own', 'id'] });
  followers.createIndex('keys', 'keys', { multiEntry: true });
  followers.createIndex('open', 'open');
  followers.createIndex('goneKeys', 'goneKeys', { multiEntry: true });
  followers.createIndex('missingOf', 'missingOf');
  followers.createIndex('ends', 'ends', { multiEntry: true });
  followers.createIndex('starts', 'starts', { multiEntry: true });
}

function rowsOf(transaction: IDBTransaction): Rows {
  const owns = transaction.objectStore('owns');
  const followers = transaction.objectStore('followers');
  const from = (index: string) => followers.index(index);

  const named = async (own: string, network: Network, handle: string) => {
    const rows = await done<Follower[]>(from('keys').getAll(handleKey(network, handle)));
    return rows.filter((row) => row.own === own);
  };

  const find = async (own: string, account: ShownAccount, now: string): Promise<Follower | null> => {
    const { network, handle, nativeId } = account;
    if (nativeId !== null) {
      const rows = await done<Follower[]>(from('keys').getAll(nativeIdKey(network, nativeId)));
      const row = rows.find((one) => one.own === own && one.nativeId !== null);
      if (row) return row;
    }
    if (handle === null) return null;
    const same = (await named(own, network, handle)).filter(
      (one) => (nativeId === null || one.nativeId === null) && holds(one, now),
    );
    return same.sort((one, other) => (one.handleAt < other.handleAt ? 1 : -1))[0] ?? null;
  };

  return {
    own: async (key) => (await done<Own | undefined>(owns.get(key))) ?? null,
    owns: () => done<Own[]>(owns.getAll()),
    putOwn: async (own) => {
      await done(owns.put(own));
    },
    find,
    get: async (own, id) => (await done<Follower | undefined>(followers.get([own, id]))) ?? null,
    named,
    put: async (follower) => {
      await done(followers.put(stored(follower)));
    },
    gone: (key) => done<Follower[]>(from('goneKeys').getAll(key)),
    unmet: (own, before, after, most) =>
      batch(
        from('open'),
        IDBKeyRange.bound([own], [own, before], false, true),
        most,
        'next',
        after && [
          [own, after.met],
          [own, after.id],
        ],
      ),
    following: (own) => done(from('open').count(IDBKeyRange.bound([own], [own, []]))),
    unmetCount: (own, before) =>
      done(from('open').count(IDBKeyRange.bound([own], [own, before], false, true))),
    missing: (own) => done(from('missingOf').count(own)),
    departed: async (own, since, most) => {
      const range = IDBKeyRange.bound(marked(own, since ?? ''), marked(own, LAST));
      return batch(from('ends'), range, most, 'prev');
    },
    begun: (own, begin, end) =>
      done(from('starts').count(IDBKeyRange.bound(marked(own, begin), marked(own, end), false, true))),
    all: (own, after, most) =>
      done<Follower[]>(
        followers.getAll(IDBKeyRange.bound([own, after?.id ?? ''], [own, []], after !== null, false), most),
      ),
    remove: async (own) => {
      await done(owns.delete(own));
      await done(followers.delete(IDBKeyRange.bound([own], [own, []])));
    },
    forget: async ({ own, id }) => {
      await done(followers.delete([own, id]));
    },
  };
}

/** What a follower looks like with what the indexes need. */
function stored(follower: Follower): StoredFollower {
  const { own, id, network, handle, nativeId, name, handleAt, met, spells, seenAt, absence, denial } =
    follower;
  const keys = accountKeys({ network, handle, nativeId });
  const row = {
    own,
    id,
    network,
    handle,
    nativeId,
    name,
    handleAt,
    met,
    spells,
    seenAt,
    absence,
    denial,
    keys,
  };
  return {
    ...row,
    ...(isOpen(follower) && { open: [own, met] as [string, number] }),
    ...(departureOf(follower) !== null && { goneKeys: keys }),
    ...(absence !== null && { missingOf: own }),
    ends: spells.flatMap(({ left }) => (left ? [marked(own, left[1])] : [])),
    starts: spells.flatMap(({ followed }) => (followed[0] === null ? [] : [marked(own, followed[1])])),
  };
}

export function holds({ handleAt, network }: Pick<Follower, 'handleAt' | 'network'>, now: string): boolean {
  // Also where the clock was ahead when it was seen: that must not hold for longer.
  return Math.abs(Date.parse(now) - Date.parse(handleAt)) <= HANDLE_HOLDS[network];
}

/** Whether a row with one of an account's names is about it: by native id where both have one; a handle alone only for as long as it holds. */
export function isMeant(row: Follower, account: ShownAccount, now: string): boolean {
  return row.nativeId !== null && account.nativeId !== null ? isSame(row, account) : holds(row, now);
}

function marked(own: string, instant: string): string {
  return `${own} ${instant}`;
}

/** The first rows of a range, each once; those after a row, where one is given. */
function batch(
  index: IDBIndex,
  range: IDBKeyRange,
  most: number,
  direction: IDBCursorDirection = 'next',
  after: [key: IDBValidKey, primaryKey: IDBValidKey] | null = null,
): Promise<Follower[]> {
  return new Promise((resolve, reject) => {
    const found = new Map<string, Follower>();
    const walk = index.openCursor(range, direction);
    walk.onerror = () => {
      reject(walk.error ?? new Error('walk failed'));
    };
    walk.onsuccess = () => {
      const cursor = walk.result;
      if (cursor === null || found.size >= most) {
        resolve([...found.values()]);
        return;
      }
      const behind = after === null ? 1 : compare(cursor, after);
      if (after !== null && behind < 0) cursor.continuePrimaryKey(...after);
      else {
        const row = cursor.value as Follower;
        if (behind > 0) found.set(row.id, row);
        cursor.continue();
      }
    };
  });
}

function compare(cursor: IDBCursor, [key, primaryKey]: [IDBValidKey, IDBValidKey]): number {
  return indexedDB.cmp(cursor.key, key) || indexedDB.cmp(cursor.primaryKey, primaryKey);
}

function done<T>(request: Pick<IDBRequest<unknown>, 'result' | 'error'> & EventTarget): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => {
      resolve(request.result as T);
    });
    request.addEventListener('error', () => {
      reject(request.error ?? new Error('storage failed'));
    });
  });
}
