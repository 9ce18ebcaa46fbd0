import { browser, type Browser } from 'wxt/browser';
import { contribution } from './contribution/contribution';
import { hiddenAccounts, hide, unhide } from './hidden';
import { ledger } from './ledger/ledger';
import { accountKeys, type ShownAccount } from './lookup/account';
import { askByName } from './lookup/answer';
import { Lookup } from './lookup/lookup';
import { PublishedList } from './lookup/publishedList';
import { Ranges } from './lookup/ranges';
import { ServiceClient, ServiceError } from './lookup/service';
import { indexedDbShelf } from './lookup/shelf';
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
import { serviceAddress } from './settings';

/** The one part that talks to the service. It may be stopped at any moment and started by the next message. */
export function startBackground(): void {
  let lookup: Promise<Lookup> | null = null;

  const currentLookup = () => (lookup ??= serviceAddress().then(openLookup));

  const answerPage = async (request: PageRequest, isPrivate: boolean): Promise<unknown> => {
    switch (request.type) {
      case 'lookup':
        return find(await currentLookup(), request.accounts);
      case 'ask':
        return askByName(await serviceAddress(), request.account);
      case 'hide':
        await hide(request.account);
        return refreshPages();
      // A private window leaves no trace, neither here nor elsewhere.
      case 'wants':
        return { sightings: false, facts: await contribution.wanted() };
      case 'sightings':
        return isPrivate ? undefined : ledger.note(request.told);
      case 'facts':
        return isPrivate ? undefined : contribution.note(request.facts);
    }
  };

  const answerOwn = async (request: OwnRequest): Promise<ServiceStatus | TriedService | undefined> => {
    if (request.type === 'status') {
      const { list, address } = await currentLookup();
      await list.refresh();
      return { address, ...list.state() };
    }
    if (request.type === 'try') return tryService(request.address);
    if (request.type === 'unhide') await unhide(request.key);
    else lookup = null;
    void refreshPages();
    return undefined;
  };

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

function openLookup(address: string): Lookup {
  const service = new ServiceClient(address);
  const ranges = new Ranges(service, indexedDbShelf('ranges'));
  void ranges.prune();
  return new Lookup(address, new PublishedList(service, indexedDbShelf('list')), ranges);
}

async function find(lookup: Lookup, accounts: ShownAccount[]): Promise<Found[]> {
  const hidden = new Set((await hiddenAccounts()).map(({ key }) => key));
  const [listings, departures] = await Promise.all([
    Promise.all(accounts.map((account) => lookup.find(account))),
    ledger.recall(accounts),
  ]);
  return accounts.map((account, index) => {
    const listing = listings[index] ?? null;
    const keys = accountKeys(account).concat(listing ? accountKeys(listing.account) : []);
    return { listing, hidden: keys.some((key) => hidden.has(key)), departure: departures[index] ?? null };
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
