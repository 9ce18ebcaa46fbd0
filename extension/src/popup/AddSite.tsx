import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { addHost, expectHost } from '../ask';
import { addableHost, addedHosts, patternOf } from '../hosts';
import { say } from '../words';

type Offer = { host: string; state: 'new' | 'added' | 'refused' } | 'none' | null;

/** On a page without badges: offers them where it is a front end we know, on a server we were not told of. */
export function AddSite({ added }: { added: () => Promise<void> }) {
  const [offer, setOffer] = useState<Offer>(null);
  useEffect(() => {
    void findOffer().then(setOffer);
  }, []);
  if (offer === null) return null;
  if (offer === 'none') return <p>{say('popupOtherSite')}</p>;

  const { host, state } = offer;
  const add = async () => {
    // Not awaited: a browser grants nothing once the click is over, and it may close the popup with its question.
    void expectHost(host);
    const granted = await browser.permissions.request({ origins: [patternOf(host)] });
    if (granted && (await addHost(host))) {
      setOffer({ host, state: 'added' });
      await added();
    } else setOffer({ host, state: 'refused' });
  };
  if (state === 'added') return <p>{say('popupSiteAdded', host)}</p>;
  return (
    <div class="send">
      <button class="primary" type="button" aria-describedby="add-site" onClick={() => void add()}>
        {say('popupAddSite', host)}
      </button>
      <p class={state === 'refused' ? 'bad' : 'hint'} id="add-site" role="status">
        {say(state === 'refused' ? 'popupSiteRefused' : 'popupAddSiteHint', host)}
      </p>
    </div>
  );
}

async function findOffer(): Promise<Offer> {
  try {
    const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
    const host = addableHost(tab?.url ?? '');
    if (tab?.id === undefined || host === null) return 'none';
    if ((await addedHosts()).includes(host)) return { host, state: 'added' };
    // Opening the popup lets us look at this one page, once.
    const [looked] = await browser.scripting.executeScript({ target: { tabId: tab.id }, func: isFrontEnd });
    return looked?.result === true ? { host, state: 'new' } : 'none';
  } catch {
    return 'none';
  }
}

/** Whether this is the front end of Mastodon, Elk or Phanpy. It runs in the page, so it refers to nothing outside itself. */
export function isFrontEnd(): boolean {
  const has = (...parts: string[]) => parts.every((part) => document.querySelector(part) !== null);
  return (
    has('#mastodon', 'script#initial-state') ||
    has('#__nuxt #avatar-mask') ||
    has('#app', '#modal-container', 'meta[data-theme-setting]')
  );
}
