import { browser, type Browser } from 'wxt/browser';
import { contribution, startContribution } from './contribution/contribution';
import { hiddenAccounts, hide, unhide } from './hidden';
import {
  addExpectedHost,
  addPermittedHost,
  concernsHosts,
  expectHost,
  forgetUnpermittedHosts,
  registerHosts,
} from './hosts';
import { ledger } from './ledger/ledger';
import { recordChoice } from './ledger/choice';
import type { Sightings } from './ledger/sightings';
import { startRecord } from './ledger/start';
import type { Wants } from './engine/witness';
import { accountKeys, type Network, type ShownAccount } from './lookup/account';
import { askByName } from './lookup/answer';
import { Lookup } from './lookup/lookup';
import { PublishedList } from './lookup/publishedList';
import { Ranges } from './lookup/ranges';
import { ServiceClient, ServiceError } from './lookup/service';
import { indexedDbShelf } from './lookup/shelf';
import { listenToMenus, renewMenus } from './menu';
import {
  parseOwnRequest,
  parsePageRequest,
  type Found,
  type OwnRequest,
  type PageRequest,
  type ServiceStatus,
  type ToPage,
  type TriedService,
} from './messages';
import { followerSources } from './networks/sources';
import { choices, concernsChoices, serviceAddress, wanted } from './settings';

// Who left is known to be gone only when a list was read again; what is vaguer than a day is not worth telling.
const DAY = 24 * 3_600_000;

/** The one part that talks to the service. It may be stopped at any moment and started by the next message. */
export function startBackground(): void {
  let lookup: Promise<Lookup> | null = null;
  const records = startRecord(followerSources, (own, follower, [notBefore, seen]) => {
    const isRecent = notBefore !== null && Date.parse(seen) - Date.parse(notBefore) <= DAY;
    if (isRecent) void contribution.noteUnfollow(own, follower, seen);
  });

  startContribution();

  const currentLookup = () => (lookup ??= serviceAddress().then(openLookup));

  const answerPage = async (request: PageRequest, isPrivate: boolean): Promise<unknown> => {
    switch (request.type) {
      case 'lookup':
        return find(await currentLookup(), request.accounts);
      case 'ask':
        if (!(await isOn(request.account))) return { failure: 'off' };
        return askByName(await serviceAddress(), request.account);
      case 'hide':
        await hide(request.account);
        return refreshPages();
      // A private window leaves no trace, neither here nor elsewhere.
      case 'wants':
        return wants(request.network);
      case 'sightings':
        return isPrivate || !(await isOn(request.told.viewer)) ? undefined : noteSightings(request.told);
      case 'facts':
        return isPrivate || !(await isOn(request.facts.account))
          ? undefined
          : contribution.note(request.facts);
    }
  };

  const answerOwn = async (request: OwnRequest): Promise<unknown> => {
    switch (request.type) {
      case 'status':
        return status(await currentLookup());
      case 'try':
        return tryService(request.address);
      case 'unhide':
        await unhide(request.key);
        return void refreshPages();
      case 'renew':
        lookup = null;
        return void refreshPages();
      case 'clear':
        await indexedDbShelf(request.shelf).clear();
        lookup = null;
        return;
      case 'expect-host':
        return expectHost(request.host);
      case 'add-host':
        return addPermittedHost(request.host);
      case 'record':
        return records[request.act](request.own);
    }
  };

  listenToBrowser();

  browser.runtime.onMessage.addListener(
    (message: unknown, sender, sendResponse: (answer: unknown) => void) => {
      const answer = sender.id === browser.runtime.id ? answerTo(message, sender) : null;
      if (answer === null) return false;
      // Whatever goes wrong in here, a page shows no badge and no error.
      answer.then(sendResponse, () => {
        sendResponse(undefined);
      });
      return true; // the answer comes later
    },
  );

  const answerTo = (message: unknown, sender: Browser.runtime.MessageSender) => {
    const pageRequest = parsePageRequest(message);
    if (pageRequest) return answerPage(pageRequest, sender.tab?.incognito === true);
    const own = sender.url?.startsWith(browser.runtime.getURL('/')) === true;
    const ownRequest = own ? parseOwnRequest(message) : null;
    return ownRequest && answerOwn(ownRequest);
  };
}

/** What happens without anybody's asking; listeners must be there as soon as the script has run. */
function listenToBrowser(): void {
  listenToMenus();
  const followHosts = () => {
    void registerHosts();
    void renewMenus();
  };
  browser.runtime.onInstalled.addListener(followHosts);
  browser.runtime.onStartup.addListener(followHosts);
  // The popup that asked may be gone by now.
  browser.permissions.onAdded.addListener(() => void addExpectedHost());
  browser.permissions.onRemoved.addListener(() => void forgetUnpermittedHosts());
  browser.storage.onChanged.addListener((changes, area) => {
    if (area !== 'local') return;
    if (concernsChoices(changes)) void refreshPages();
    if (concernsHosts(changes)) followHosts();
  });
}

async function isOn({ network }: ShownAccount): Promise<boolean> {
  return (await choices()).networks[network];
}

async function wants(network: Network): Promise<Wants> {
  return { sightings: (await recordChoice())[network], facts: await contribution.wanted() };
}

/** Into the user's own record, and what they chose to give of it to what is given. */
async function noteSightings(told: Sightings): Promise<void> {
  await ledger.note(told);
  for (const { account, what, at } of told.sightings) {
    if (what === 'followed' && at !== null) await contribution.noteFollow(told.viewer, account, at);
  }
}

async function status({ list, address }: Lookup): Promise<ServiceStatus> {
  await list.refresh();
  return { address, ...list.state() };
}

function openLookup(address: string): Lookup {
  const service = new ServiceClient(address);
  const ranges = new Ranges(service, indexedDbShelf('ranges'));
  void ranges.prune();
  return new Lookup(address, new PublishedList(service, indexedDbShelf('list')), ranges);
}

async function find(lookup: Lookup, accounts: ShownAccount[]): Promise<Found[]> {
  const [hiddenOnes, chosen] = await Promise.all([hiddenAccounts(), choices()]);
  const hidden = new Set(hiddenOnes.map(({ key }) => key));
  const on = accounts.map(({ network }) => chosen.networks[network]);
  const [listings, departures] = await Promise.all([
    Promise.all(accounts.map(async (account, index) => (on[index] ? lookup.find(account) : null))),
    ledger.recall(accounts),
  ]);
  return accounts.map((account, index) => {
    const listing = listings[index] ?? null;
    const keys = accountKeys(account).concat(listing ? accountKeys(listing.account) : []);
    return {
      listing: listing && wanted(listing, chosen),
      hidden: keys.some((key) => hidden.has(key)),
      departure: on[index] ? (departures[index] ?? null) : null,
    };
  });
}

async function tryService(address: string): Promise<TriedService> {
  try {
    return { manifest: await new ServiceClient(address).manifest() };
  } catch (failure) {
    const answers = failure instanceof ServiceError && failure.code !== 'unreachable';
    return { failure: answers ? 'invalid' : 'away' };
  }
}

/** Tells every page with a content script to look again; pages without one do not answer. */
async function refreshPages(): Promise<void> {
  const message: ToPage = { type: 'refresh' };
  const tabs = await browser.tabs.query({});
  const ids = tabs.flatMap(({ id }) => id ?? []);
  await Promise.allSettled(ids.map((id) => browser.tabs.sendMessage(id, message)));
}
