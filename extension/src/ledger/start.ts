import { browser } from 'wxt/browser';
import type { FollowerSources } from '../networks/followers';
import { recordChoice } from './choice';
import { record, recordOfOwn } from './ledger';
import { settlePass } from './note';
import { ownAccounts, removeOwnAccount } from './ownAccounts';
import type { Own } from './store';
import { isDue, WALK_EVERY, walkOn, type WalkTools } from './walk';

const ALARM = 'record';
/** The shortest a browser allows; a background stopped in the middle of a walk is woken to go on with it. */
const WAKE_MINUTES = 0.5;
const LOOK_MINUTES = 30;

/** Keeps the records of polled networks, from now on and whenever the browser runs. */
export function startRecord(sources: FollowerSources, left: NonNullable<WalkTools['left']>): RecordKeeper {
  const tools: WalkTools = {
    store: record,
    sources,
    left,
    wanted: async (network) => (await recordChoice())[network],
    now: Date.now,
    random: Math.random,
    pause: async (milliseconds) => {
      // Also tells the browser that the background is still at work.
      await browser.alarms.create(ALARM, { delayInMinutes: WAKE_MINUTES, periodInMinutes: LOOK_MINUTES });
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
    },
  };
  const keeper = keepRecords(tools);
  // What goes wrong now is tried again at the next alarm.
  const look = () => void keeper.look().catch(() => undefined);
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) look();
  });
  void browser.alarms.get(ALARM).then(async (alarm) => {
    if (alarm === undefined) await browser.alarms.create(ALARM, { periodInMinutes: LOOK_MINUTES });
  });
  // What the browser should have woken us for while it was closed.
  look();
  return keeper;
}

/** Looks after all records, one walk at a time for each. */
export interface RecordKeeper {
  /** Does what is due. */
  look(): Promise<void>;
  /** Begins a walk before its time, or goes on with one that was stopped. */
  check(key: string): Promise<void>;
  /** Stops a walk; it goes on from there when its time comes. */
  stop(key: string): Promise<void>;
}

export function keepRecords(tools: WalkTools): RecordKeeper {
  const { store, sources, now } = tools;
  const walking = new Map<string, Promise<void>>();

  const walk = (key: string) => {
    const going = walking.get(key);
    if (going) return going;
    const begun = walkOn(key, tools).finally(() => {
      walking.delete(key);
    });
    walking.set(key, begun);
    return begun;
  };

  return {
    async look() {
      await purge(tools);
      const choice = await recordChoice();
      for (const account of await ownAccounts()) {
        if (!choice[account.network]) continue;
        const own = await recordOfOwn(store, account, now());
        if (sources(account.network) === null) await settlePass(store, own.key, now());
        else if (isDue(own, now())) void walk(own.key).catch(() => undefined);
      }
    },

    async check(key) {
      await changeOwn(tools, key, (own) => {
        // A network that asked for patience gets it.
        const patience = own.trouble === 'too-many-requests' && own.nextAt > now() && !isDue(own, now());
        return patience ? own : { ...own, nextAt: 0, trouble: null };
      });
      void walk(key).catch(() => undefined);
    },

    async stop(key) {
      await changeOwn(tools, key, (own) => ({ ...own, nextAt: now() + WALK_EVERY }));
    },
  };
}

/** Drops the records whose deletion can no longer be undone. */
async function purge({ store, now }: WalkTools): Promise<void> {
  for (const own of await store.owns()) {
    if (own.deleteAt === null || own.deleteAt > now()) continue;
    // In this order: a page that shows the record begins one for whatever account is there.
    await removeOwnAccount(own.account);
    await store.change((rows) => rows.remove(own.key));
  }
}

async function changeOwn({ store }: WalkTools, key: string, how: (own: Own) => Own): Promise<void> {
  await store.change(async (rows) => {
    const own = await rows.own(key);
    if (own !== null) await rows.putOwn(how(own));
  });
}
