import type { CDPSession, Page } from '@playwright/test';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  args?: { data?: { url?: string } };
}

interface ProfileNode {
  id: number;
  callFrame: { url: string };
}

/** What the extension's content script cost while something ran, in milliseconds. */
export interface Cost {
  /** Its calls as the trace has them: outermost calls of functions that came with the extension, and its own evaluation. */
  script: number;
  longest: number;
  /** The same by a sampling profiler, which sees continuations of promises as well. */
  sampled: number;
}

const SAMPLING_MICROSECONDS = 100;
const isOurs = (url = '') => url.startsWith('chrome-extension://');

/** Runs an action in a page under Chromium's tracing. */
export async function trace(page: Page, action: () => Promise<unknown>): Promise<Cost> {
  const session = await page.context().newCDPSession(page);
  await session.send('Tracing.start', {
    transferMode: 'ReturnAsStream',
    traceConfig: { includedCategories: ['devtools.timeline'] },
  });
  await action();
  const done = new Promise<string>((resolve) => {
    session.once('Tracing.tracingComplete', ({ stream }) => {
      resolve(stream ?? '');
    });
  });
  await session.send('Tracing.end');
  const events = (JSON.parse(await readAll(session, await done)) as { traceEvents: TraceEvent[] })
    .traceEvents;
  await session.detach();
  const { script, longest } = costOf(events);
  return { script, longest, sampled: 0 };
}

/** The same by samples; in a run of its own, for the profiler slows what it watches. */
export async function sample(page: Page, action: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: SAMPLING_MICROSECONDS });
  await session.send('Profiler.start');
  await action();
  const { profile } = await session.send('Profiler.stop');
  await session.detach();
  const nodes = profile.nodes as (ProfileNode & { children?: number[] })[];
  const ours = new Set<number>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const visit = (id: number, within: boolean) => {
    const node = byId.get(id);
    if (!node) return;
    const inside = within || isOurs(node.callFrame.url);
    if (inside) ours.add(id);
    for (const child of node.children ?? []) visit(child, inside);
  };
  if (nodes[0]) visit(nodes[0].id, false);
  const { samples = [], timeDeltas = [] } = profile;
  return samples.reduce((sum, id, index) => sum + (ours.has(id) ? (timeDeltas[index] ?? 0) : 0), 0) / 1000;
}

function costOf(events: TraceEvent[]): { script: number; longest: number } {
  const calls = events
    .filter(({ name, ph, args }) => ph === 'X' && CALLS.includes(name) && isOurs(args?.data?.url))
    .sort((one, other) => one.ts - other.ts);
  const ends = new Map<string, number>();
  let script = 0;
  let longest = 0;
  for (const { pid, tid, ts, dur = 0 } of calls) {
    const thread = `${pid} ${tid}`;
    if (ts < (ends.get(thread) ?? 0)) continue; // called by another of ours
    ends.set(thread, ts + dur);
    script += dur / 1000;
    longest = Math.max(longest, dur / 1000);
  }
  return { script, longest };
}

const CALLS = ['FunctionCall', 'EvaluateScript'];

async function readAll(session: CDPSession, handle: string): Promise<string> {
  let text = '';
  for (;;) {
    const { data, eof } = await session.send('IO.read', { handle });
    text += data;
    if (eof) return text;
  }
}
