import { browser } from 'wxt/browser';
import { isSame, ownAccounts } from '../ledger/ownAccounts';
import type { ShownAccount } from '../lookup/account';
import { isOwnPage } from '../ownPage';
import { serviceAddress } from '../settings';
import type { ProfileFacts } from '../sites/site';
import { indexedDbChest } from './chest';
import { makeContributor } from './contributor';
import { openDoor } from './door';
import { CHANGES, parseContributionRequest, type ContributionRequest } from './requests';

/** What the user may choose to give: public numbers of profiles they see, and follows of themselves. Off until chosen. */
export interface Contribution {
  /** Whether pages need to tell their numbers at all. */
  wanted(): Promise<boolean>;
  note(facts: ProfileFacts): Promise<void>;
  /** That somebody followed one of the user's accounts, at an instant (ISO) the network itself tells. */
  noteFollow(own: ShownAccount, follower: ShownAccount, at: string): Promise<void>;
  /** That somebody left again, and neither a block, a suspension nor an outage can be the reason; when it was seen (ISO). */
  noteUnfollow(own: ShownAccount, follower: ShownAccount, at: string): Promise<void>;
}

const ALARM = 'contribution';
const MINUTES_BETWEEN = 30;

const contributor = makeContributor({
  chest: indexedDbChest(),
  door: openDoor(),
  service: serviceAddress,
  isOwn: async (account) => (await ownAccounts()).some((own) => isSame(own, account)),
  changed: () => {
    const channel = new BroadcastChannel(CHANGES);
    channel.postMessage(null);
    channel.close();
  },
  now: Date.now,
  random: Math.random,
  newId: () => crypto.randomUUID(),
});

export const contribution: Contribution = contributor;

/** Who this browser is to services: reports go under the same number. */
export const reporter: Pick<typeof contributor, 'reporter' | 'token' | 'forget'> = contributor;

/**
 * Answers the options page and wakes when something is due. Called once, as the background starts; `erasing` drops
 * whatever else is about to be told to a service that is to forget the user.
 */
export function startContribution(erasing: (service: string) => Promise<void>): void {
  browser.runtime.onMessage.addListener(
    (message: unknown, sender, sendResponse: (answer: unknown) => void) => {
      const request = isOwnPage(sender) ? parseContributionRequest(message) : null;
      if (request === null) return false;
      answer(request, erasing).then(sendResponse, () => {
        sendResponse(undefined);
      });
      return true; // the answer comes later
    },
  );
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) void contributor.attend().then(setAlarm);
  });
  browser.storage.local.onChanged.addListener(({ service }) => {
    // Another service was chosen: wanting nothing is enough for what was chosen for the former to end.
    if (service) void contributor.wanted().then(setAlarm);
  });
  browser.permissions.onRemoved.addListener((removed) => {
    const { data_collection: taken = [] } = removed as DataPermissions;
    if (taken.length > 0) void contributor.stop().then(setAlarm);
  });
  void setAlarm();
}

async function answer(
  request: ContributionRequest,
  erasing: (service: string) => Promise<void>,
): Promise<unknown> {
  switch (request.ask) {
    case 'view':
      return contributor.view();
    case 'choose':
      return afterwards(contributor.choose(request.consent));
    case 'send':
      return contributor.send(request.payload);
    case 'remove':
      return contributor.remove(request.id);
    case 'put-back':
      return contributor.putBack(request.entry);
    case 'erase':
      await erasing(request.service);
      return afterwards(contributor.erase(request.service));
    case 'clear-log':
      return contributor.clearLog();
  }
}

async function afterwards<T>(work: Promise<T>): Promise<T> {
  const result = await work;
  await setAlarm();
  return result;
}

/** Wakes only those who contribute. */
async function setAlarm(): Promise<void> {
  if (!(await contributor.isActive())) await browser.alarms.clear(ALARM);
  else if ((await browser.alarms.get(ALARM)) === undefined) {
    await browser.alarms.create(ALARM, { periodInMinutes: MINUTES_BETWEEN });
  }
}

/** Firefox's own consent to the sending of data, which other browsers do not have. */
interface DataPermissions {
  data_collection?: string[];
}
