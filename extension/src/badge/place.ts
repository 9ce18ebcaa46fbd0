const MARGIN = 8;
const DISTANCE = 6;
// Less room than this is not worth squeezing into while the other side has more.
const COMFORTABLE = 360;

/** Puts a fixed card at its button, inside the window; false when the button has left the window. */
export function place(card: HTMLElement, button: Element): boolean {
  const at = button.getBoundingClientRect();
  const { innerWidth: width, innerHeight: height } = window;
  if (at.bottom < 0 || at.top > height || at.right < 0 || at.left > width) return false;

  card.style.setProperty('max-height', `${height - 2 * MARGIN}px`);
  const wanted = Math.max(card.offsetHeight, card.scrollHeight);
  const below = height - at.bottom - DISTANCE - MARGIN;
  const above = at.top - DISTANCE - MARGIN;
  const goesBelow = below >= wanted || below >= above;
  const room = goesBelow ? below : above;
  if (room >= Math.min(wanted, COMFORTABLE)) {
    const shown = Math.min(wanted, room);
    card.style.setProperty('max-height', `${shown}px`);
    card.style.setProperty('top', `${goesBelow ? at.bottom + DISTANCE : at.top - DISTANCE - shown}px`);
  } else {
    // A low window: the card may cover the badge, never leave the window.
    card.style.setProperty('top', `${Math.max(MARGIN, height - MARGIN - wanted)}px`);
  }
  const { direction } = getComputedStyle(button.parentElement ?? button);
  const start = direction === 'rtl' ? at.right - card.offsetWidth : at.left;
  const left = Math.min(start, width - MARGIN - card.offsetWidth);
  card.style.setProperty('left', `${Math.max(MARGIN, left)}px`);
  return true;
}
