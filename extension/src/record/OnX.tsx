import { chooseRecord } from '../ledger/choice';
import { say } from '../words';

/** On X there is no public list: the record grows from pages, if the user wants it. */
export function OnX({ isOn, changed }: { isOn: boolean; changed: () => void }) {
  const choose = async (on: boolean) => {
    await chooseRecord('x', on);
    changed();
  };
  return (
    <section>
      <h2>X</h2>
      <label class="check">
        <input
          type="checkbox"
          checked={isOn}
          aria-describedby="on-x-hint"
          onChange={(event) => void choose(event.currentTarget.checked)}
        />
        <span>{say('recordOnX')}</span>
      </label>
      <p class="hint" id="on-x-hint">
        {say('recordOnXHint')}
      </p>
    </section>
  );
}
