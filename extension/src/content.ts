import { browser } from 'wxt/browser';
import { makeBadge } from './badge/badge';
import { Engine } from './engine/engine';
import type { ShownAccount } from './lookup/account';
import type { Answer } from './lookup/answer';
import type { Found, PageReport, PageRequest, ToPage } from './messages';
import { pageAt } from './sites';

/** Wires the engine to the page it runs in; returns how to take everything down again. */
export function startContent(): () => void {
  const engine = new Engine({
    document,
    pageAt: (address) => pageAt(address, document)?.page ?? null,
    lookUp,
    makeBadge: (found, anchor, shown) =>
      makeBadge(found, anchor, {
        hide: () => void hide(found.listing?.account ?? shown),
        lookUp: () => lookUpByName(found.listing?.account ?? shown),
      }),
    nextFrame: (callback) => void requestAnimationFrame(callback),
    now: Date.now,
  });
  engine.start();

  const onMessage = (message: unknown, _: unknown, sendResponse: (answer: unknown) => void) => {
    const { type } = message as ToPage;
    if (type === 'refresh') engine.refresh();
    else {
      const report: PageReport = { profile: engine.profile(), changed: engine.changed() };
      sendResponse(report);
    }
  };
  browser.runtime.onMessage.addListener(onMessage);
  const onVisible = () => {
    if (document.visibilityState === 'visible') engine.refreshStale();
  };
  document.addEventListener('visibilitychange', onVisible);

  return () => {
    engine.stop();
    document.removeEventListener('visibilitychange', onVisible);
  };
}

async function lookUp(accounts: ShownAccount[]): Promise<Found[] | null> {
  const request: PageRequest = { type: 'lookup', accounts };
  for (const pause of [0, 500, 2_000]) {
    // A background that is only just being started may not listen yet.
    await new Promise((resolve) => setTimeout(resolve, pause));
    const answer = await ask(request);
    if (Array.isArray(answer)) return answer as Found[];
  }
  return null;
}

async function lookUpByName(account: ShownAccount): Promise<Answer> {
  const request: PageRequest = { type: 'ask', account };
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
