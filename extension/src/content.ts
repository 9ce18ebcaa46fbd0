import { browser } from 'wxt/browser';
import { makeBadge } from './badge/badge';
import { Engine } from './engine/engine';
import { Witness, type Wants } from './engine/witness';
import type { ShownAccount } from './lookup/account';
import type { Answer } from './lookup/answer';
import type { Found, PageReport, PageRequest, ToPage } from './messages';
import { LOOK_AGAIN } from './lookup/ranges';
import { serviceAddress } from './settings';
import { pageAt } from './sites';
import type { Surface } from './sites/site';

// A marker such as "Follows you" may come a moment after the name it stands at.
const TIME_TO_SETTLE = 1_500;

/** Wires the engine to the page it runs in; returns how to take everything down again. */
export function startContent(): () => void {
  let wanted: Promise<Wants | null> | null = null;
  const witness = new Witness({
    document,
    here: () => pageAt(document.location.href, document),
    wants: async () => {
      wanted ??= wants();
      const answer = await wanted;
      // A background that is only just being started is asked again.
      if (answer === null) wanted = null;
      return answer ?? { sightings: false, facts: false };
    },
    tellSightings: (told) => void ask({ type: 'sightings', told }),
    tellFacts: (facts) => void ask({ type: 'facts', facts }),
    later: (callback) => void setTimeout(callback, TIME_TO_SETTLE),
  });
  // A private window leaves no trace, also not in the user's own record.
  const isPrivate = browser.extension.inIncognitoContext;
  const engine = new Engine({
    document,
    pageAt: (address) => pageAt(address, document)?.page ?? null,
    lookUp,
    makeBadge: (found, anchor, shown) =>
      makeBadge(found, anchor, {
        hide: () => void hide(found.listing?.account ?? shown),
        lookUp: (service) => lookUpByName(found.listing?.account ?? shown, service),
        service: serviceAddress,
        ...(!isPrivate && {
          report: () => void ask({ type: 'report', account: found.listing?.account ?? shown }),
        }),
      }),
    ...(!isPrivate && {
      noticed: (element: Element, surface: Surface) => {
        witness.notice(element, surface);
      },
    }),
    nextFrame: (callback) => void requestAnimationFrame(callback),
    later: (milliseconds, callback) => {
      if (milliseconds === 0) callback();
      else setTimeout(callback, milliseconds);
    },
    now: Date.now,
  });
  engine.start();

  const onMessage = (message: unknown, _: unknown, sendResponse: (answer: unknown) => void) => {
    const { type } = message as ToPage;
    if (type === 'refresh') {
      wanted = null;
      engine.refresh();
    } else {
      const report: PageReport = { profile: engine.profile(), changed: engine.changed(), isPrivate };
      sendResponse(report);
    }
  };
  browser.runtime.onMessage.addListener(onMessage);
  const onVisible = () => {
    if (document.visibilityState === 'visible') engine.refreshStale();
  };
  document.addEventListener('visibilitychange', onVisible);
  const renewing = setInterval(() => {
    if (document.visibilityState === 'visible') engine.refreshBadges();
  }, LOOK_AGAIN);

  return () => {
    engine.stop();
    clearInterval(renewing);
    document.removeEventListener('visibilitychange', onVisible);
    // Should the page have another one of these by now, that one is to answer.
    browser.runtime.onMessage.removeListener(onMessage);
  };
}

async function lookUp(accounts: ShownAccount[]): Promise<Found[] | null> {
  const request: PageRequest = { type: 'lookup', accounts };
  for (const pause of [0, 500, 2_000]) {
    // A background that is only just being started may not listen yet.
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    const answer = await ask(request);
    if (Array.isArray(answer)) return answer as Found[];
  }
  return null;
}

async function wants(): Promise<Wants | null> {
  const here = pageAt(document.location.href, document);
  if (here === null) return null;
  return ((await ask({ type: 'wants', network: here.site.network })) as Wants | undefined) ?? null;
}

async function lookUpByName(account: ShownAccount, service: string | null): Promise<Answer> {
  const request: PageRequest = { type: 'ask', account, ...(service !== null && { service }) };
  return ((await ask(request)) as Answer | undefined) ?? { failure: 'off' };
}

async function hide(account: ShownAccount): Promise<void> {
  const request: PageRequest = { type: 'hide', account };
  await ask(request);
}

/** Undefined when the background cannot answer, as after an update of the extension: the page must not notice. */
async function ask(request: PageRequest): Promise<unknown> {
  try {
    return await browser.runtime.sendMessage(request);
  } catch {
    return undefined;
  }
}
