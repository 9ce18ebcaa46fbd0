// Draws public/icon/*.png: two opposed arrows on a rounded square. Run by hand when the icon changes (npm run icons).
import { mkdirSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const GROUND = [35, 85, 208];
const ARROW = [255, 255, 255];
// On a 16 px grid: shafts and heads of two arrows, as line segments. The shafts fill whole pixels at every size.
const STROKES = [
  [3.7, 6, 12.3, 6],
  [9.3, 3, 12.3, 6],
  [12.3, 10, 3.7, 10],
  [6.7, 13, 3.7, 10],
];
const STROKE = 2;
const CORNER = 3.6;
const SAMPLES = 4;

function distance(x, y, [x1, y1, x2, y2]) {
  const along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - x1 - t * (x2 - x1), y - y1 - t * (y2 - y1));
}

function insideSquare(x, y) {
  const dx = Math.max(CORNER - x, x - (16 - CORNER), 0);
  const dy = Math.max(CORNER - y, y - (16 - CORNER), 0);
  return Math.hypot(dx, dy) <= CORNER;
}

function pixel(column, row, size) {
  let covered = 0;
  let arrow = 0;
  for (let i = 0; i < SAMPLES ** 2; i++) {
    const x = ((column + ((i % SAMPLES) + 0.5) / SAMPLES) * 16) / size;
    const y = ((row + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES) * 16) / size;
    if (!insideSquare(x, y)) continue;
    covered++;
    if (STROKES.some((stroke) => distance(x, y, stroke) <= STROKE / 2)) arrow++;
  }
  const share = covered === 0 ? 0 : arrow / covered;
  const colour = GROUND.map((channel, i) => Math.round(channel + (ARROW[i] - channel) * share));
  return [...colour, Math.round((255 * covered) / SAMPLES ** 2)];
}

function chunk(type, content) {
  const body = Buffer.concat([Buffer.from(type), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function png(size) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits a channel, RGBA
  const rows = Array.from({ length: size }, (_, row) =>
    Buffer.from([0, ...Array.from({ length: size }, (_, column) => pixel(column, row, size)).flat()]),
  );
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const folder = new URL('../public/icon/', import.meta.url);
mkdirSync(folder, { recursive: true });
// Toolbars take 16 and 32, Firefox's pages 48, 64 and 96, the stores 128.
for (const size of [16, 32, 48, 64, 96, 128]) writeFileSync(new URL(`${size}.png`, folder), png(size));
