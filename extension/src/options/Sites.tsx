import { addedHosts, removeHost } from '../hosts';
import { serviceAddress } from '../settings';
import { say } from '../words';
import type { Telling } from './Options';
import { useStored } from './useStored';

/** The servers the user added, each to be taken back together with the browser's permission for it. */
export function Sites({ tell }: Telling) {
  const [hosts] = useStored(addedHosts);
  const remove = async (host: string) => {
    await removeHost(host, await serviceAddress());
    tell({ text: say('optionsSiteRemoved', host) });
  };
  return (
    <section id="sites">
      <h2>{say('optionsSitesHeading')}</h2>
      <p class="hint">{say('optionsSitesHint')}</p>
      {hosts?.length === 0 && <p class="muted">{say('optionsSitesNone')}</p>}
      <ul>
        {hosts?.map((host) => (
          <li key={host}>
            <span class="name">{host}</span>
            <button
              class="plain"
              type="button"
              aria-label={`${say('optionsSiteRemove')}: ${host}`}
              onClick={() => void remove(host)}
            >
              {say('optionsSiteRemove')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
