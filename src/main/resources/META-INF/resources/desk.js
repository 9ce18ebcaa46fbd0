/*
 * Keys for those who work at the desk all day. Whatever they do, a link, a button or a field on the page does too: without this
 * script nothing is missing but the keys. What a page offers is said by attributes:
 *   data-row      what j and k go through; a link among them is what Enter and o open
 *   data-open     what o opens where the row is no link itself
 *   data-next     what n opens
 *   data-go       the key that follows g
 *   data-keys     a form whose choices are 1, 2, 3…
 *   data-reasons  its field that r leads to
 */
const STORED = 'fairfollow.desk.single-keys';
const TYPED = 'textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable]';

const dialog = document.getElementById('keys');
const toggle = document.querySelector('[data-single-keys]');
const opener = document.querySelector('[data-open-keys]');

// Some browsers refuse storage; then the choice lasts as long as the page.
try {
  toggle.checked = localStorage.getItem(STORED) !== 'off';
} catch {}
toggle.addEventListener('change', () => {
  try {
    if (toggle.checked) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, 'off');
  } catch {}
});
opener.hidden = false;
opener.addEventListener('click', () => dialog.showModal());

const rows = () => [...document.querySelectorAll('main [data-row]')];

/** The row that has the focus, or whose part it is in: the last one before it. */
function current() {
  const at = document.activeElement;
  return rows().findLast(
    (row) => row === at || row.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
}

function step(by) {
  const all = rows();
  const inMain = document.activeElement?.closest('main');
  const place = inMain ? all.indexOf(current()) : -1;
  const next = all[Math.min(Math.max(place + by, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

function open() {
  const row = current();
  const link = row?.matches('a') ? row : row?.closest('li, section')?.querySelector('[data-open]');
  link?.click();
}

/** The form of the section one is in; the first one of the page before one went anywhere. */
function form() {
  const forms = [...document.querySelectorAll('form[data-keys]')];
  const section = document.activeElement?.closest('main section');
  return forms.find((one) => section?.contains(one)) ?? forms[0];
}

function choose(number) {
  const choice = form()?.querySelectorAll('input[type=radio]')[number - 1];
  choice?.focus();
  choice?.click();
}

function press(key) {
  switch (key) {
    case 'j':
      return step(1);
    case 'k':
      return step(-1);
    case 'o':
      return open();
    case 'n':
      return document.querySelector('[data-next]')?.click();
    case 'r':
      return form()?.querySelector('[data-reasons]')?.focus();
    case '?':
      return dialog.showModal();
    default:
      return choose(Number(key));
  }
}

let going = false;

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing || dialog.open) return;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    const written = event.target.closest('main form');
    if (written !== null) {
      event.preventDefault();
      written.requestSubmit();
    }
    return;
  }
  const typing = event.target.closest(TYPED) !== null;
  if (!toggle.checked || typing || event.ctrlKey || event.metaKey || event.altKey) {
    going = false;
    return;
  }
  if (going) {
    going = false;
    const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    if (link !== null) {
      event.preventDefault();
      link.click();
    }
    return;
  }
  if (event.key === 'g') {
    going = true;
    event.preventDefault();
  } else if (/^[jkonr?1-9]$/.test(event.key)) {
    event.preventDefault();
    press(event.key);
  }
});
