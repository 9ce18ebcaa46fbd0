import { browser, type Browser } from 'wxt/browser';
import { contribution, startContribution } from './contribution/contribution';
import { hide, keysHidden, unhide } from './hidden';
import {
  addExpectedHost,
  addPermittedHost,
  concernsHosts,
  expectHost,
  forgetUnpermittedHosts,
  registerHosts,
} from './hosts';
import { openFor } from './handover';
import { ledger } from './ledger/ledger';
import { concernsRecord, recordChoice } from './ledger/choice';
import { ownAccounts } from './ledger/ownAccounts';
import type { Sightings } from './ledger/sightings';
import { startRecord } from './ledger/start';
import type { Wants } from './engine/witness';
import { accountKeys, type Network, type ShownAccount } from './lookup/account';
import { askByName, type Answer } from './lookup/answer';
import { Lookup } from './lookup/lookup';
import { PublishedList } from './lookup/publishedList';
import { Ranges } from './lookup/ranges';
import { ServiceClient, ServiceError } from './lookup/service';
import { fleetingShelf, indexedDbShelf } from './lookup/shelf';
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
import { startReports } from './report/start';
import { choices, concernsChoices, concernsService, serviceAddress, wanted } from './settings';

// Who left is known to be gone only when a list was read again; what is vaguer than a day is not worth telling.
const DAY = 24 * 3_600_000;

/** The one part that talks to the service. It may be stopped at any moment and started by the next message. */
export function startBackground(): void {
  let lookups: Promise<Lookups> | null = null;
  const records = startRecord(followerSources, (own, follower, [notBefore, seen]) => {
    const isRecent = notBefore !== null && Date.parse(seen) - Date.parse(notBefore) <= DAY;
    if (isRecent) void contribution.noteUnfollow(own, follower, seen);
  });

  startContribution(startReports().forget);

  const current = async (): Promise<Lookups> => {
    const opening = (lookups ??= serviceAddress().then(openLookups));
    try {
      return await opening;
    } catch (failure) {
      if (lookups === opening) lookups = null; // try again next time
      throw failure;
    }
  };
  const renew = () => {
    lookups = null;
    void refreshPages();
  };

  const answerPage = async (
    request: PageRequest,
    isPrivate: boolean,
    tab: Browser.tabs.Tab | undefined,
  ): Promise<unknown> => {
    switch (request.type) {
      case 'lookup':
        return find((await current())[isPrivate ? 'inPrivate' : 'usual'], request.accounts);
      case 'ask':
        return askAbout(request.account, request.service);
      case 'hide':
        await hide(request.account, isPrivate);
        return refreshPages();
      // A private window leaves no trace, neither here nor elsewhere.
      case 'report':
        return isPrivate ? undefined : openFor('report', { account: request.account }, tab);
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
        return status((await current()).usual);
      case 'try':
        return tryService(request.address);
      case 'unhide':
        await unhide(request.key);
        return void refreshPages();
      case 'renew':
        renew();
        return;
      case 'clear':
        await indexedDbShelf(request.shelf).clear();
        lookups = null;
        return;
      case 'expect-host':
        return expectHost(request.host);
      case 'add-host':
        return addPermittedHost(request.host);
      case 'record':
        return records[request.act](request.own);
    }
  };

  listenToBrowser(renew);

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
    // The popup is in no tab; it says whether the page it is about is in a private window.
    const isPrivate = pageRequest !== null && 'isPrivate' in pageRequest && pageRequest.isPrivate;
    if (pageRequest) return answerPage(pageRequest, isPrivate || sender.tab?.incognito === true, sender.tab);
    const own = sender.url?.startsWith(browser.runtime.getURL('/')) === true;
    const ownRequest = own ? parseOwnRequest(message) : null;
    return ownRequest && answerOwn(ownRequest);
  };
}

/** What happens without anybody's asking; listeners must be there as soon as the script has run. */
function listenToBrowser(renew: () => void): void {
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
    if (concernsService(changes)) renew();
    else if (concernsChoices(changes) || concernsRecord(changes)) void refreshPages();
    if (concernsHosts(changes)) followHosts();
  });
}

async function isOn({ network }: ShownAccount): Promise<boolean> {
  return (await choices()).networks[network];
}

/** To nobody but the service that was named where the user clicked, should another one be in use by now. */
async function askAbout(account: ShownAccount, named: string | undefined): Promise<Answer> {
  const service = await serviceAddress();
  if (!(await isOn(account)) || (named !== undefined && named !== service)) return { failure: 'off' };
  return askByName(service, account);
}

async function wants(network: Network): Promise<Wants> {
  const [choice, owns, facts] = await Promise.all([recordChoice(), ownAccounts(), contribution.wanted()]);
  // On X whoever is signed in gets a record, elsewhere only accounts that were added.
  const isKept = network === 'x' || owns.some((own) => own.network === network);
  return { sightings: choice[network] && isKept, facts };
}

/** Into the user's own record, and what they chose to give of it to what is given. */
async function noteSightings(told: Sightings): Promise<void> {
  if (!(await ledger.note(told))) return;
  for (const { account, what, at } of told.sightings) {
    if (what === 'followed' && at !== null) await contribution.noteFollow(told.viewer, account, at);
  }
}

async function status({ list, address }: Lookup): Promise<ServiceStatus> {
  await list.refresh();
  return { address, ...list.state() };
}

/** Two over one list: which answers a private window had is kept in memory alone. */
interface Lookups {
  usual: Lookup;
  inPrivate: Lookup;
}

function openLookups(address: string): Lookups {
  const service = new ServiceClient(address);
  const list = new PublishedList(service, indexedDbShelf('list'));
  const ranges = new Ranges(service, indexedDbShelf('ranges'));
  void ranges.prune();
  return {
    usual: new Lookup(address, list, ranges),
    inPrivate: new Lookup(address, list, new Ranges(service, fleetingShelf())),
  };
}

async function find(lookup: Lookup, accounts: ShownAccount[]): Promise<Found[]> {
  const [hidden, chosen] = await Promise.all([keysHidden(), choices()]);
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
