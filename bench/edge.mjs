// Takes an invitation as a moderator does, and signs in: node bench/edge.mjs SERVICE INVITATION NAME prints the session's token.
import { createHmac, randomBytes } from 'node:crypto';

const [service, invitation, name] = process.argv.slice(2);
const password = randomBytes(16).toString('hex');

async function post(path, type, body) {
  const answer = await fetch(service + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'Content-Type': type, Origin: service },
    body,
  });
  const text = await answer.text();
  if (answer.status >= 400) throw new Error(`${path} answers ${answer.status}: ${text.slice(0, 300)}`);
  return text;
}
const form = (fields) => new URLSearchParams(fields).toString();
const FORM = 'application/x-www-form-urlencoded';

/** RFC 6238: what an authenticator with this key shows, so many steps later. */
function codeOf(key, later) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const hash = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))).update(step).digest();
  return String((hash.readUInt32BE(hash.at(-1) & 0xf) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const page = await post('/moderation/invitation', FORM, form({ invitation }));
const [, shown] = /<code>(.*?)<\/code>/s.exec(page) ?? [];
if (shown === undefined) throw new Error('the page shows no key');
const key = shown.replace(/<[^>]*>|\s/g, '');
await post('/moderation/invitation/acceptance', FORM, form({ invitation, password, repeated: password, code: codeOf(key, 0) }));
// Each code opens once; the next one is taken early.
const session = await post('/v1/moderation/sessions', 'application/json', JSON.stringify({ name, password, code: codeOf(key, 1) }));
console.log(JSON.parse(session).token);
