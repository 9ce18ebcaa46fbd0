import { emptyOutbox, type Outbox } from './outbox';

/** One thing that was sent, and what was answered. */
export interface Sent {
  id: string;
  /** When it was first tried, in milliseconds since 1970. */
  at: number;
  service: string;
  /** Method and path. */
  request: string;
  /** The literal text; null where none is sent. */
  body: string | null;
  tries: number;
  /** Null where nobody answered. */
  answer: Answered | null;
}

export interface Answered {
  status: number;
  accepted?: number;
  duplicates?: number;
  rejected?: { index: number; code: string }[];
}

/** Where contribution keeps what it remembers. Content scripts cannot reach it, which they can `storage.local`. */
export interface Chest {
  load(): Promise<Outbox>;
  save(outbox: Outbox): Promise<void>;
  /** Everything ever sent, the newest first. */
  log(): Promise<Sent[]>;
  find(id: string): Promise<Sent | null>;
  write(sent: Sent): Promise<void>;
  clearLog(): Promise<void>;
}

const DATABASE = 'contribution';

export function indexedDbChest(): Chest {
  let opened: Promise<IDBDatabase> | null = null;
  const open = () => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('outbox');
      opening.result.createObjectStore('log', { keyPath: 'id' });
    };
    return done(opening);
  };
  const store = async (name: 'outbox' | 'log', mode: IDBTransactionMode) => {
    opened ??= open();
    try {
      return (await opened).transaction(name, mode).objectStore(name);
    } catch (failure) {
      opened = null; // try again next time: the browser closes databases when it is short of space
      throw failure;
    }
  };
  return {
    async load() {
      const stored = await done<unknown>((await store('outbox', 'readonly')).get('outbox'));
      return { ...emptyOutbox(), ...(stored as Partial<Outbox> | undefined) };
    },
    async save(outbox) {
      await done((await store('outbox', 'readwrite')).put(outbox, 'outbox'));
    },
    async log() {
      const sent = (await done((await store('log', 'readonly')).getAll())) as Sent[];
      return sent.sort((one, other) => other.at - one.at);
    },
    async find(id) {
      const sent = (await done<unknown>((await store('log', 'readonly')).get(id))) as Sent | undefined;
      return sent ?? null;
    },
    async write(sent) {
      await done((await store('log', 'readwrite')).put(sent));
    },
    async clearLog() {
      await done((await store('log', 'readwrite')).clear());
    },
  };
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('storage failed'));
    };
  });
}
