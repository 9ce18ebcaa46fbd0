// Writes and reads through $SERVICE at set rates until SIGTERM, then waits until all that was begun is acknowledged.
// Each write has a number of its own and is sent again, with the same keys, until it is acknowledged, as a good client does.
// $FOLDER/acknowledged gets the numbers of those that were, $FOLDER/pulse the time of the last acknowledgement and how
// many writes wait for one, $FOLDER/result what was counted, as JSON. $EPOCH is the Unix
// second the record keys of follows are counted from. Usage: node load.mjs FIRST_NUMBER
import {
  createWriteStream,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";

const { SERVICE, FOLDER, NAMES, OPERATOR_TOKEN, EPOCH } = process.env;
const WRITES = Number(process.env.WRITES ?? 200);
const READS = Number(process.env.READS ?? 200);
/**
 * Of 25 writes 20 are lines to import, which one sender sends as the operator's feeds do, one import after the other; of the
 * others, each with a transaction of its own, four tell what reporters saw and one reports.
 */
const LINES = 20;
const LINES_AT_ONCE = 400;
const TOLD = 4;
const REPORTERS = 100;
/** After so long without an answer a read has failed, and a write is sent again. */
const READ_PATIENCE_MS = 10_000;
const WRITE_PATIENCE_MS = 30_000;
const RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 4_000;
const DRAIN_MS = 120_000;
const TICK_MS = 20;

const base = new URL(SERVICE);
const writing = new Agent({ keepAlive: true, maxSockets: 256 });
const reading = new Agent({ keepAlive: true, maxSockets: 64 });
const names = readFileSync(NAMES, "utf8").trim().split("\n");

/** Status 0: there was no answer, or not a whole one. */
function call(agent, method, path, headers = {}, body = undefined) {
  return new Promise((resolve) => {
    const failed = (error) =>
      resolve({ status: 0, body: String(error?.code ?? error), headers: {} });
    const sent = request(
      { host: base.hostname, port: base.port, agent, method, path, headers },
      (answer) => {
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("error", failed);
        answer.on("end", () =>
          answer.complete
            ? resolve({
                status: answer.statusCode,
                body: Buffer.concat(parts).toString(),
                headers: answer.headers,
              })
            : failed("cut"),
        );
      },
    );
    const patience = agent === reading ? READ_PATIENCE_MS : WRITE_PATIENCE_MS;
    sent.setTimeout(patience, () => sent.destroy(new Error("timeout")));
    sent.on("error", failed);
    sent.end(body);
  });
}

const post = (path, token, type, body, key) =>
  call(
    writing,
    "POST",
    path,
    {
      "Content-Type": type,
      "Content-Length": Buffer.byteLength(body),
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(key && { "Idempotency-Key": key }),
    },
    body,
  );

async function becomeReporter() {
  for (;;) {
    const challenge = await call(writing, "GET", "/v1/reporters/challenge");
    for (const number of [0, 1]) {
      const body = `{"challenge":${challenge.body},"number":${number}}`;
      const answer = await post("/v1/reporters", "", "application/json", body);
      if (answer.status === 201) return JSON.parse(answer.body).secretToken;
    }
    await after(RETRY_MS);
  }
}

const draw = (list) => list[Math.floor(Math.random() * list.length)];

const BASE32 = "234567abcdefghijklmnopqrstuvwxyz";
/** Numbers a second that record keys have room for: more than are ever written, so none lies in the future. */
const NUMBERS_A_SECOND = 1_000;
const ACTORS = 100;
const TARGETS = 200;

/** The record key of a moment, Unix epoch microseconds. */
function recordKey(micros) {
  let number = BigInt(micros) << 10n;
  let text = "";
  for (let digit = 0; digit < 13; digit++) {
    text = BASE32[Number(number & 31n)] + text;
    number >>= 5n;
  }
  return text;
}

const did = (kind, number) =>
  `did:plc:${kind}${String(number).padStart(24 - kind.length, "0")}`;

/** A follow whose record key tells the number: so many milliseconds after EPOCH. Accounts recur, as in a stream. */
function followLine(number) {
  const micros =
    (Number(EPOCH) * NUMBERS_A_SECOND + number) * (1e6 / NUMBERS_A_SECOND);
  const rkey = recordKey(micros);
  return JSON.stringify({
    did: did("writer", number % ACTORS),
    time_us: micros,
    kind: "commit",
    commit: {
      rev: rkey,
      operation: "create",
      collection: "app.bsky.graph.follow",
      rkey,
      record: {
        $type: "app.bsky.graph.follow",
        subject: did("target", Math.floor(Math.random() * TARGETS)),
        createdAt: new Date(micros / 1_000).toISOString(),
      },
    },
  });
}

const acknowledged = createWriteStream(join(FOLDER, "acknowledged"));
const counts = {
  acknowledged: 0,
  unanswered: 0,
  retries: 0,
  refused: {},
  reads: 0,
  failedReads: 0,
  failures: {},
  stallMs: 0,
  stallEndedAt: 0,
};
const waits = { write: [], read: [] };
let lastAcknowledged = Date.now();
let waiting = 0;

function count(where, what) {
  where[what] = (where[what] ?? 0) + 1;
}

function acknowledge(numbers) {
  const now = Date.now();
  if (now - lastAcknowledged > counts.stallMs) {
    counts.stallMs = now - lastAcknowledged;
    counts.stallEndedAt = now;
  }
  lastAcknowledged = now;
  counts.acknowledged += numbers.length;
  acknowledged.write(numbers.map((number) => `${number}\n`).join(""));
}

/** Sends it until it is acknowledged: `isTaken` tells by status and body. */
async function write(numbers, send, isTaken) {
  const begun = Date.now();
  let pause = RETRY_MS;
  waiting += numbers.length;
  for (;;) {
    const answer = await send();
    if (isTaken(answer)) break;
    // Neither away nor busy: sending it again would change nothing.
    if (answer.status > 0 && answer.status < 500) {
      throw new Error(`not taken: ${answer.status} ${answer.body}`);
    }
    if (Date.now() > deadline) {
      counts.unanswered += numbers.length;
      waiting -= numbers.length;
      return;
    }
    counts.retries++;
    count(counts.refused, answer.status || answer.body);
    await after(pause * (0.5 + Math.random()));
    pause = Math.min(2 * pause, LONGEST_RETRY_MS);
  }
  waiting -= numbers.length;
  acknowledge(numbers);
  waits.write.push(Date.now() - begun);
}

const lines = [];
let importing = false;

async function importAll() {
  if (importing) return;
  importing = true;
  while (lines.length > 0) await importLines(lines.splice(0, LINES_AT_ONCE));
  importing = false;
}

function importLines(numbers) {
  const body = numbers.map(followLine).join("\n");
  return write(
    numbers,
    () => post("/v1/imports", OPERATOR_TOKEN, "application/x-ndjson", body),
    ({ status, body: said }) => {
      if (status !== 200) return false;
      const { accepted, duplicates, complete } = JSON.parse(said);
      return complete && accepted + duplicates === numbers.length;
    },
  );
}

function report(number) {
  const body = JSON.stringify({
    account: { network: "x", name: `write${number}` },
    practice: "follow-churn",
  });
  const token = draw(reporters);
  const key = `"report-${number}"`;
  return write(
    [number],
    () => post("/v1/reports", token, "application/json", body, key),
    ({ status }) => status === 202,
  );
}

function observe(number) {
  const body = JSON.stringify({
    observations: [
      {
        kind: "profile-counters",
        account: { network: "x", name: `write${number}` },
        time: new Date().toISOString(),
        followers: { count: number, exact: true },
        following: { count: 1, exact: true },
      },
    ],
  });
  const token = draw(reporters);
  return write(
    [number],
    () => post("/v1/observations", token, "application/json", body),
    ({ status, body: said }) => {
      if (status !== 202) return false;
      const { accepted, duplicates } = JSON.parse(said);
      return accepted + duplicates === 1;
    },
  );
}

let prefixLength = 1;
const READ = [
  () => "/v1/list",
  () =>
    `/v1/ranges/${Array.from({ length: prefixLength }, () => draw("0123456789abcdef")).join("")}`,
  () => `/v1/accounts/bluesky/${draw(names)}`,
  () => `/v1/accounts/bluesky/nobody${Math.floor(Math.random() * 1e9)}.example`,
  () => `/accounts/bluesky/${draw(names)}`,
  () => draw(["/", "/practices", "/status"]),
];

async function read() {
  const begun = Date.now();
  const path = draw(READ)();
  const answer = await call(reading, "GET", path);
  waits.read.push(Date.now() - begun);
  counts.reads++;
  if (!(answer.status >= 200 && answer.status < 300) && answer.status !== 304) {
    counts.failedReads++;
    // The kind of path only: names are drawn.
    const kind = path.split("/").slice(0, 3).join("/");
    count(counts.failures, `${kind} ${answer.status || answer.body}`);
  }
}

const percentile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;

let deadline = Infinity;
const reporters = await Promise.all(
  Array.from({ length: REPORTERS }, becomeReporter),
);
prefixLength = JSON.parse(
  (await call(reading, "GET", "/v1/list")).body,
).prefixLength;

let next = Number(process.argv[2]);
const take = (many) => Array.from({ length: many }, () => next++);
const running = new Set();
function begin(task) {
  running.add(task);
  task.finally(() => running.delete(task));
}

const started = Date.now();
lastAcknowledged = started;
let begunWrites = 0;
let begunReads = 0;
const clock = setInterval(() => {
  const seconds = (Date.now() - started) / 1_000;
  for (; begunWrites < seconds * WRITES; begunWrites += LINES + TOLD + 1) {
    lines.push(...take(LINES));
    begin(importAll());
    take(TOLD).forEach((number) => begin(observe(number)));
    begin(report(next++));
  }
  for (; begunReads < seconds * READS; begunReads++) begin(read());
  writeFileSync(
    join(FOLDER, "pulse.new"),
    `${lastAcknowledged} ${waiting + lines.length}\n`,
  );
  renameSync(join(FOLDER, "pulse.new"), join(FOLDER, "pulse"));
}, TICK_MS);

process.on("SIGTERM", async () => {
  clearInterval(clock);
  const seconds = (Date.now() - started) / 1_000;
  deadline = Date.now() + DRAIN_MS;
  await Promise.all(running);
  await new Promise((resolve) => acknowledged.end(resolve));
  writeFileSync(
    join(FOLDER, "result"),
    JSON.stringify({
      ...counts,
      seconds,
      writeP99: percentile(waits.write, 0.99),
      readP99: percentile(waits.read, 0.99),
      from: Number(process.argv[2]),
      to: next,
    }),
  );
  process.exit(0);
});
console.log("running");
