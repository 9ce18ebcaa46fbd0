/** A place that survives a restart of the browser. */
export interface Shelf {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  /** Drops what `keep` does not want. */
  prune(keep: (value: unknown) => boolean): Promise<void>;
}

/** A shelf of which the user can see how full it is, and which they can empty. */
export interface OpenShelf extends Shelf {
  count(): Promise<number>;
  clear(): Promise<void>;
}

/** So many answers are plenty between two starts of the background. */
const MOST_FLEETING = 500;

/** A shelf in memory: it is gone as soon as the background stops. */
export function fleetingShelf(): Shelf {
  const values = new Map<string, unknown>();
  return {
    get: (key) => Promise.resolve(values.get(key)),
    put(key, value) {
      if (values.size >= MOST_FLEETING) values.clear();
      values.set(key, value);
      return Promise.resolve();
    },
    prune(keep) {
      for (const [key, value] of values) if (!keep(value)) values.delete(key);
      return Promise.resolve();
    },
  };
}

const DATABASE = 'fairfollow';
const SHELVES = ['list', 'ranges', 'reports'] as const;

/** A shelf in IndexedDB: it takes bytes as they are, which storage.local does not. */
export function indexedDbShelf(name: (typeof SHELVES)[number]): OpenShelf {
  let opened: Promise<IDBDatabase> | null = null;

  const open = () => {
    const opening = indexedDB.open(DATABASE, 2);
    opening.onupgradeneeded = () => {
      const { objectStoreNames } = opening.result;
      for (const shelf of SHELVES) {
        if (!objectStoreNames.contains(shelf)) opening.result.createObjectStore(shelf);
      }
    };
    return done(opening);
  };
  const store = async (mode: IDBTransactionMode) => {
    opened ??= open();
    try {
      return (await opened).transaction(name, mode).objectStore(name);
    } catch (failure) {
      opened = null; // try again next time: the browser closes databases when it is short of space
      throw failure;
    }
  };

  return {
    async get(key) {
      return done<unknown>((await store('readonly')).get(key));
    },
    async put(key, value) {
      await done((await store('readwrite')).put(value, key));
    },
    async count() {
      return done((await store('readonly')).count());
    },
    async clear() {
      await done((await store('readwrite')).clear());
    },
    async prune(keep) {
      const walk = (await store('readwrite')).openCursor();
      await new Promise<void>((resolve, reject) => {
        walk.onerror = () => {
          reject(walk.error ?? new Error('walk failed'));
        };
        walk.onsuccess = () => {
          const cursor = walk.result;
          if (cursor === null) {
            resolve();
            return;
          }
          if (!keep(cursor.value)) cursor.delete();
          cursor.continue();
        };
      });
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
