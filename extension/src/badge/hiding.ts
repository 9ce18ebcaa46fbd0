import { say } from '../words';
import { make } from './dom';

// Long enough to read three words and reach a button; the options undo it at any later time.
const MOMENT = 6_000;

/**
 * Has a card say that the account is hidden and offer to undo that. Settled by whoever calls what is returned, by the
 * user, or by itself after a moment.
 */
export function hideSoon(card: HTMLElement, settled: (hidden: boolean) => void): () => void {
  const before = [...card.childNodes];
  const undo = make(
    'button',
    { type: 'button', class: 'plain', 'aria-describedby': 'hidden' },
    say('badgeUndo'),
  );
  const note = make('div', { class: 'hidden' }, make('p', { id: 'hidden' }, say('badgeHidden')), undo);
  card.append(note);
  // First the focus, then what had it: a card that loses the focus closes.
  undo.focus();
  for (const node of before) node.remove();

  let open = true;
  const settle = (hidden: boolean) => {
    if (!open) return;
    open = false;
    clearTimeout(timer);
    window.removeEventListener('pagehide', commit);
    if (!hidden) {
      card.prepend(...before);
      card.querySelector<HTMLElement>('.hide')?.focus();
      note.remove();
    }
    settled(hidden);
  };
  const commit = () => {
    settle(true);
  };
  const timer = setTimeout(commit, MOMENT);
  window.addEventListener('pagehide', commit);
  undo.addEventListener('click', () => {
    settle(false);
  });
  return commit;
}
