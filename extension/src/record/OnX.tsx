import { useEffect, useState } from 'preact/hooks';
import { chooseRecord } from '../ledger/choice';
import { say } from '../words';

/** On X there is no public list: the record grows from pages, if the user wants it. */
export function OnX({ isOn, changed }: { isOn: boolean; changed: () => void }) {
  // What was chosen shows at once, and not only when it is stored and read again.
  const [chosen, setChosen] = useState<boolean | null>(null);
  useEffect(() => {
    setChosen(null);
  }, [isOn]);
  const choose = async (on: boolean) => {
    setChosen(on);
    await chooseRecord('x', on);
    changed();
  };
  return (
    <section>
      <h2>X</h2>
      <label class="check">
        <input
          type="checkbox"
          checked={chosen ?? isOn}
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
