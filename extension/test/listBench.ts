/* Run by bench/list-decode, never as a test: figures depend on the machine. */
import { createHash } from 'node:crypto';
import { applyDelta, decodeList, encodeList, listHas, type ListDelta } from '../src/lookup/listCodec';
import { seededRandom } from './random';

const ENTRIES = 1_000_000;
const CHANGES = 500;
const RUNS = 15;

const random = seededRandom('list');
const drawn = new Set<number>();
while (drawn.size < ENTRIES + CHANGES) drawn.add(Math.floor(random() * 2 ** 32));
const all = [...drawn];
const former = Uint32Array.from(all.slice(0, ENTRIES)).sort();
const next = Uint32Array.from(all.slice(CHANGES)).sort();
const bytes = encodeList({ version: 1, prefixes: former });
const list = decodeList(bytes);
const delta: ListDelta = {
  from: 1,
  to: 2,
  removed: Uint32Array.from(all.slice(0, CHANGES)).sort(),
  added: Uint32Array.from(all.slice(ENTRIES)).sort(),
  resultSha256: createHash('sha256').update(bigEndian(next)).digest('hex'),
};

console.log(`${ENTRIES} entries, ${bytes.length} bytes`);
await measure('decode the list', 150, () => decodeList(bytes));
await measure('apply a delta of 1,000 changes', null, () => applyDelta(delta, former));
await measure('encode the list', null, () => encodeList({ version: 2, prefixes: next }));

const hashes = Array.from({ length: 200_000 }, (_, i) =>
  (i % 2 === 0 ? Math.floor(random() * 2 ** 32) : (former[Math.floor(random() * ENTRIES)] ?? 0))
    .toString(16)
    .padStart(32, '0'),
);
const began = performance.now();
let found = 0;
for (const hash of hashes) if (listHas(list, hash.slice(24) + hash.slice(0, 24))) found++;
const each = ((performance.now() - began) * 1000) / hashes.length;
console.log(`look up: ${each.toFixed(2)} µs on average (aim 5), ${found} of ${hashes.length} found`);

async function measure(what: string, aim: number | null, run: () => unknown): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  const [first = 0] = times;
  const sorted = times.sort((one, other) => one - other);
  const at = (share: number) => (sorted[Math.floor((RUNS - 1) * share)] ?? 0).toFixed(1);
  const beside = aim === null ? '' : ` (aim ${aim})`;
  console.log(`${what}: first ${first.toFixed(1)} ms, median ${at(0.5)} ms, worst ${at(1)} ms${beside}`);
}

function bigEndian(values: Uint32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, i) => {
    view.setUint32(i * 4, value);
  });
  return new Uint8Array(view.buffer);
}
