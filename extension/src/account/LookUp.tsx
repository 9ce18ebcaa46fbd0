import { useEffect, useRef, useState } from 'preact/hooks';
import { askService } from '../ask';
import type { ShownAccount } from '../lookup/account';
import type { Answer } from '../lookup/answer';
import { say } from '../words';
import { Answered } from './Assessment';
import { sayAccount, sayHost } from './words';

/** The look-up of one account and what has come of it; an answer that comes after another question is nobody's. */
export function useLookUp() {
  const [state, setState] = useState<{ asking: boolean; answer: Answer | null }>({
    asking: false,
    answer: null,
  });
  const question = useRef(0);
  const ask = async (account: ShownAccount, service: string | null) => {
    const mine = ++question.current;
    setState({ asking: true, answer: null });
    const answer = await askService(account, service);
    if (question.current === mine) setState({ asking: false, answer });
  };
  return { ...state, ask };
}

interface LookUpProps {
  account: ShownAccount;
  service: string;
  lookUp: ReturnType<typeof useLookUp>;
}

/** A button that says what it sends to whom, and what came of it. Nothing is sent before it is pressed. */
export function LookUp({ account, service, lookUp: { asking, answer, ask } }: LookUpProps) {
  const start = () => void ask(account, service);
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that had the focus is gone.
    if (answer) result.current?.focus();
  }, [answer]);
  return (
    <>
      {answer === null && (
        <div class="send">
          <button class="primary" type="button" disabled={asking} aria-describedby="sends" onClick={start}>
            {asking ? say('lookUpAsking') : say('lookUpThis')}
          </button>
          <p class="hint" id="sends">
            {say('lookUpSends', sayAccount(account), sayHost(service))}
          </p>
        </div>
      )}
      <div ref={result} tabIndex={-1} role="group" aria-label={say('lookUpResult')} hidden={answer === null}>
        {answer && <Answered answer={answer} retry={start} />}
      </div>
    </>
  );
}
