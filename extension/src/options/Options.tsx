import { useEffect, useState } from 'preact/hooks';
import { PageHead } from '../PageHead';
import { say, type MessageKey } from '../words';
import { Contribution } from './Contribution';
import { HiddenAccounts } from './HiddenAccounts';
import { ServiceChoice } from './ServiceChoice';
import { SettingsFiles } from './SettingsFiles';
import { ShownNetworks, ShownPractices } from './Shown';
import { Sites } from './Sites';
import { Stored } from './Stored';

/** What was done, and how to take it back. */
export interface Done {
  text: string;
  undo?: () => Promise<void>;
}

/** How a section tells what was done. */
export interface Telling {
  tell: (done: Done) => void;
}

/** Long enough to undo something without haste. */
const TIME_TO_READ = 15_000;

const SECTIONS: [anchor: string, heading: MessageKey][] = [
  ['service-section', 'optionsServiceHeading'],
  ['practices', 'optionsPracticesHeading'],
  ['networks', 'optionsNetworksHeading'],
  ['sites', 'optionsSitesHeading'],
  ['hidden', 'optionsHiddenHeading'],
  ['contribution', 'contributionHeading'],
  ['stored', 'optionsStoredHeading'],
  ['files', 'optionsFilesHeading'],
  ['privacy', 'optionsPrivacyHeading'],
];

export function Options() {
  const [done, setDone] = useState<Done | null>(null);
  const [checks, setChecks] = useState(0);
  return (
    <>
      <PageHead here="options" />
      <nav class="sections" aria-label={say('optionsSections')}>
        {SECTIONS.map(([anchor, heading]) => (
          <a key={anchor} href={`#${anchor}`}>
            {say(heading)}
          </a>
        ))}
      </nav>
      <div class="sections-body">
        <ServiceChoice
          checked={() => {
            setChecks((count) => count + 1);
          }}
        />
        <ShownPractices tell={setDone} />
        <ShownNetworks tell={setDone} />
        <Sites tell={setDone} />
        <HiddenAccounts tell={setDone} />
        <Contribution tell={setDone} />
        {/* Anew after each check: it may have brought a list. */}
        <Stored key={checks} tell={setDone} />
        <SettingsFiles tell={setDone} />
        <section id="privacy">
          <h2>{say('optionsPrivacyHeading')}</h2>
          <p>{say('optionsPrivacyList')}</p>
          <p>{say('optionsPrivacyRange')}</p>
          <p>{say('optionsPrivacyName')}</p>
          <p>{say('optionsPrivacyNothing')}</p>
          <p>{say('optionsPrivacyFollowers')}</p>
          <p>{say('optionsPrivacyContribution')}</p>
          <p>{say('reportPrivacy')}</p>
          <p>{say('optionsPrivacyKept')}</p>
        </section>
        <DoneBar
          done={done}
          tell={setDone}
          dismiss={() => {
            setDone(null);
          }}
        />
      </div>
    </>
  );
}

/** Says what was saved, wherever on the page one is, and offers to take it back. */
function DoneBar({ done, tell, dismiss }: { done: Done | null; dismiss: () => void } & Telling) {
  useEffect(() => {
    if (done === null) return;
    const timer = setTimeout(dismiss, TIME_TO_READ);
    return () => {
      clearTimeout(timer);
    };
  }, [done]);
  const undo = async () => {
    await done?.undo?.();
    tell({ text: say('optionsUndone') });
  };
  return (
    <div class={`done ${done ? '' : 'empty'}`}>
      <p id="done" role="status">
        {done?.text}
      </p>
      {done?.undo && (
        <button class="plain" type="button" onClick={() => void undo()}>
          {say('optionsUndo')}
        </button>
      )}
    </div>
  );
}
