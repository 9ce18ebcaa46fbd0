import { saveFile } from '../files';
import { useRef, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { renewLookup } from '../ask';
import { addHosts, patternOf } from '../hosts';
import { DEFAULT_SERVICE, NETWORKS, permissionFor, PRACTICES, readChoices } from '../settings';
import {
  applySettings,
  exportSettings,
  MOST_BYTES,
  parseSettings,
  type Refusal,
  type SettingsFile,
} from '../settingsFile';
import { say, sayNumber, type MessageKey } from '../words';
import type { Telling } from './Options';

/** Settings out into a file and in again, and all back to what it was at first. */
export function SettingsFiles({ tell }: Telling) {
  const [read, setRead] = useState<SettingsFile | null>(null);
  const [complaint, setComplaint] = useState<string | null>(null);
  const chooser = useRef<HTMLInputElement>(null);

  const replace = async (settings: SettingsFile) => {
    await applySettings(settings);
    await renewLookup();
  };
  const choose = async (file: File | undefined) => {
    setRead(null);
    setComplaint(null);
    if (file === undefined) return;
    const parsed = file.size > MOST_BYTES ? TOO_LARGE : parseSettings(await file.text());
    if ('refused' in parsed) setComplaint(sayRefusal(parsed));
    else setRead(parsed);
    // So that the same file, mended, can be chosen again.
    if (chooser.current) chooser.current.value = '';
  };
  const apply = async (settings: SettingsFile) => {
    const origins = originsOf(settings);
    // First thing after the click: a browser grants nothing once the gesture is over.
    if (origins.length > 0 && !(await browser.permissions.request({ origins }))) {
      setComplaint(say('optionsImportNotPermitted'));
      return;
    }
    const former = await exportSettings();
    await replace(settings);
    await addHosts(settings.sites);
    setRead(null);
    setComplaint(null);
    tell({ text: say('optionsImported'), undo: () => replace(former) });
  };
  const reset = async () => {
    const former = await exportSettings();
    await replace({ ...former, service: DEFAULT_SERVICE, ...readChoices(null) });
    tell({ text: say('optionsResetDone'), undo: () => replace(former) });
  };

  return (
    <section id="files">
      <h2>{say('optionsFilesHeading')}</h2>
      <p class="hint">{say('optionsFilesHint')}</p>
      <div class="row start">
        <button type="button" onClick={() => void download()}>
          {say('optionsExport')}
        </button>
        <button type="button" onClick={() => chooser.current?.click()}>
          {say('optionsImport')}
        </button>
        <button type="button" onClick={() => void reset()}>
          {say('optionsReset')}
        </button>
        <input
          ref={chooser}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label={say('optionsImport')}
          onChange={({ currentTarget }) => void choose(currentTarget.files?.[0])}
        />
      </div>
      <p class="bad" role="alert">
        {complaint}
      </p>
      {read && (
        <Preview
          settings={read}
          apply={() => apply(read)}
          cancel={() => {
            setRead(null);
          }}
        />
      )}
    </section>
  );
}

interface PreviewProps {
  settings: SettingsFile;
  apply: () => Promise<void>;
  cancel: () => void;
}

/** What a file would do, before it does it. */
function Preview({ settings, apply, cancel }: PreviewProps) {
  const { service, practices, networks, sites, hidden } = settings;
  const narrowed = PRACTICES.filter((practice) => practices[practice] !== 'likely').length;
  const off = NETWORKS.filter((network) => !networks[network]).length;
  return (
    <div class="preview" role="group" aria-label={say('optionsPreview')}>
      <p>{say('optionsPreview')}</p>
      <ul class="plain-list">
        <li>{say('optionsPreviewService', service)}</li>
        <li>{say('optionsPreviewShown', sayNumber(narrowed), sayNumber(off))}</li>
        <li>{say('optionsPreviewHidden', sayNumber(hidden.length))}</li>
        <li>
          {sites.length === 0 ? say('optionsPreviewNoSites') : say('optionsPreviewSites', sites.join(', '))}
        </li>
      </ul>
      <div class="row start">
        <button class="primary" type="button" onClick={() => void apply()}>
          {say('optionsApply')}
        </button>
        <button type="button" onClick={cancel}>
          {say('optionsCancel')}
        </button>
      </div>
    </div>
  );
}

const TOO_LARGE: Refusal = { refused: 'not-settings', field: '' };

const REFUSALS: Record<Refusal['refused'], MessageKey> = {
  'not-json': 'optionsRefusedNotJson',
  'not-settings': 'optionsRefusedNotSettings',
  newer: 'optionsRefusedNewer',
  'unknown-field': 'optionsRefusedUnknownField',
  'wrong-value': 'optionsRefusedWrongValue',
};

function sayRefusal({ refused, field }: Refusal): string {
  return say(REFUSALS[refused], field);
}

function originsOf({ service, sites }: SettingsFile): string[] {
  const origin = permissionFor(service);
  return [...(origin === null ? [] : [origin]), ...sites.map(patternOf)];
}

async function download(): Promise<void> {
  const text = `${JSON.stringify(await exportSettings(), null, 2)}\n`;
  saveFile('fairfollow-settings.json', 'application/json', [text]);
}
