// Reads and writes at a steady rate, and tells at each line on its input how many failed since the line before. Every call is a connection
// of its own, so that none is sent on one that a proxy is about to close.
// Usage: node upgrade.mjs ADDRESS RATE TOKEN LINES-TO-WRITE NAMES-TO-READ
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createInterface } from 'node:readline';

const [address, rate, token, linesFile, namesFile] = process.argv.slice(2);
const LINES_A_WRITE = 5;
const lines = readFileSync(linesFile, 'utf8').split('\n').filter(Boolean);
const names = readFileSync(namesFile, 'utf8').split('\n').filter(Boolean);
const started = Date.now();
let phase = { reads: 0, writes: 0, failed: new Map(), slowest: 0 };
let sent = 0;
let written = 0;
let open = 0;
let wrong = 0;
const acknowledged = [];

function call(method, path, body) {
  const began = Date.now();
  const at = phase;
  at[method === 'GET' ? 'reads' : 'writes']++;
  open++;
  return new Promise((resolve) => {
    const done = (status) => {
      open--;
      at.slowest = Math.max(at.slowest, Date.now() - began);
      if (status !== 200) {
        at.failed.set(status, (at.failed.get(status) ?? 0) + 1);
        wrong++;
      }
      resolve(status === 200);
    };
    const headers = body
      ? { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson', 'content-length': Buffer.byteLength(body) }
      : {};
    const asked = request(new URL(path, address), { method, agent: false, timeout: 30_000, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => done(answer.statusCode));
      answer.on('error', (error) => done(error.code));
    });
    asked.on('timeout', () => asked.destroy(Object.assign(new Error(), { code: 'timeout' })));
    asked.on('error', (error) => done(error.code));
    asked.end(body);
  });
}

const READS = [
  () => '/v1/list',
  () => '/v1/ranges/0',
  () => `/v1/accounts/bluesky/${names[sent % names.length]}`,
  () => '/',
];

function one() {
  const turn = sent++;
  if (turn % 2 === 0) {
    void call('GET', READS[(turn / 2) % READS.length]());
  } else if (written + LINES_A_WRITE <= lines.length) {
    const some = lines.slice(written, (written += LINES_A_WRITE));
    void call('POST', '/v1/imports', some.join('\n') + '\n').then((well) => well && acknowledged.push(...some));
  }
}

const timer = setInterval(() => {
  const due = Math.floor(((Date.now() - started) * rate) / 1000);
  // What could not be sent in time is sent now: nothing is left out.
  while (sent < due) one();
}, 5);

function tell(name) {
  const { reads, writes, failed, slowest } = phase;
  const codes = [...failed].map(([code, count]) => `${count} × ${code}`).join(', ');
  console.log(`${name.padEnd(44)} ${String(reads).padStart(6)} ${String(writes).padStart(7)}  ${codes || '0'} failed; slowest ${slowest} ms`);
  phase = { reads: 0, writes: 0, failed: new Map(), slowest: 0 };
}

/** All that was acknowledged, sent once more, must be there: nothing of it is new. */
async function lost() {
  let fresh = 0;
  for (let from = 0; from < acknowledged.length; from += 5_000) {
    const body = acknowledged.slice(from, from + 5_000).join('\n') + '\n';
    const answer = await fetch(new URL('/v1/imports', address), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
      body,
    });
    if (!answer.ok) throw new Error(`what was acknowledged could not be sent again: ${answer.status} ${await answer.text()}`);
    fresh += (await answer.json()).accepted;
  }
  return fresh;
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'end') break;
  tell(line);
}
clearInterval(timer);
while (open > 0) await new Promise((resolve) => setTimeout(resolve, 50));
tell('to the end');
const missing = await lost();
console.log(`in all ${sent} calls, ${wrong} failed; of ${acknowledged.length} lines that were acknowledged ${missing} were lost`);
process.exit(wrong === 0 && missing === 0 ? 0 : 1);
