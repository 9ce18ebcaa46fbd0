import { say } from '../words';
import type { ToldMessage } from './draft';
import type { MessageKind } from './messageKind';
import type { Filling } from './ReportForm';
import { DELAYS, KINDS } from './sayings';

/** No message is read further; in UTF-16 units. */
const LONGEST_TEXT = 20_000;

/** The message somebody got: its text stays here, what it is like is told. */
export function MessageFields({
  fields: { text, names, delaySeconds },
  set,
  message,
}: Filling & { message: ToldMessage | null }) {
  return (
    <fieldset>
      <legend>{say('reportMessage')}</legend>
      <div class="field">
        <label for="report-text">{say('reportText')}</label>
        <textarea
          id="report-text"
          rows={4}
          dir="auto"
          maxLength={LONGEST_TEXT}
          aria-describedby="report-text-hint"
          value={text}
          onInput={(event) => {
            set({ text: event.currentTarget.value });
          }}
        />
        <p class="hint" id="report-text-hint">
          {say('reportTextHint')}
        </p>
      </div>
      {message && (
        <>
          {message.bands.length === 0 && <p class="notice">{say('reportTextShort')}</p>}
          <div class="field">
            <label for="report-names">{say('reportNames')}</label>
            <input
              id="report-names"
              autocomplete="off"
              spellcheck={false}
              maxLength={200}
              aria-describedby="report-names-hint"
              value={names}
              onInput={(event) => {
                set({ names: event.currentTarget.value });
              }}
            />
            <p class="hint" id="report-names-hint">
              {say('reportNamesHint')}
            </p>
          </div>
          <div class="row start">
            <label class="field">
              <span>{say('reportKind')}</span>
              <select
                value={message.kind}
                onChange={(event) => {
                  set({ kind: event.currentTarget.value as MessageKind });
                }}
              >
                {Object.entries(KINDS).map(([kind, name]) => (
                  <option key={kind} value={kind}>
                    {say(name)}
                  </option>
                ))}
              </select>
            </label>
            <label class="field">
              <span>{say('reportDelay')}</span>
              <select
                value={delaySeconds ?? ''}
                onChange={({ currentTarget: { value } }) => {
                  set({ delaySeconds: value === '' ? null : Number(value) });
                }}
              >
                <option value="">{say('reportDelayUnknown')}</option>
                {DELAYS.map(([seconds, name]) => (
                  <option key={seconds} value={seconds}>
                    {say(name)}
                  </option>
                ))}
              </select>
            </label>
          </div>
        </>
      )}
    </fieldset>
  );
}
