// The page about the API works without this. It adds buttons that copy, and, for those who ask for it, swagger-ui: to try the calls
// against this service. It weighs more than all pages together, so it is loaded only then.

const words = document.querySelector('[data-copy]').dataset;

for (const block of document.querySelectorAll('.copied')) {
  if (!navigator.clipboard) break; // Not over plain http.
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = words.copy;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.querySelector('code').textContent);
    button.textContent = words.copied;
    setTimeout(() => (button.textContent = words.copy), 2000);
  });
  block.before(button);
}

const open = document.querySelector('.try');
const place = document.getElementById('console');
const listed = document.getElementById('listed');
const dark = matchMedia('(prefers-color-scheme: dark)');
/** A link to one call: #/Reading/getAccount. */
const namesACall = () => location.hash.startsWith('#/');

function load(element) {
  return new Promise((loaded, failed) => {
    element.addEventListener('load', loaded);
    element.addEventListener('error', failed);
    document.head.append(element);
  });
}

let begun = false;

async function show() {
  if (begun) return;
  begun = true;
  const folder = open.dataset.renderer;
  open.disabled = true;
  open.textContent = open.dataset.loading;
  const script = Object.assign(document.createElement('script'), { src: folder + 'swagger-ui-bundle.js' });
  const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: folder + 'swagger-ui.css' });
  // Ours come last, and win.
  const own = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/api.css' });
  try {
    await Promise.all([load(style), load(own), load(script)]);
  } catch {
    open.textContent = open.dataset.failed;
    return;
  }
  const theme = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
  theme();
  dark.addEventListener('change', theme);
  SwaggerUIBundle({
    url: '/openapi.json',
    domNode: place,
    deepLinking: true,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    tryItOutEnabled: true,
    // No other machine is asked whether the contract is well formed.
    validatorUrl: null,
    onComplete: () => {
      place.hidden = false;
      listed.hidden = true;
      open.hidden = true;
    },
  });
}

open.hidden = false;
open.addEventListener('click', show);
addEventListener('hashchange', () => namesACall() && show());
if (namesACall()) show();
