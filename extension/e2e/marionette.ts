import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, findBrowser } from './browsers';

/*
 * Firefox over Marionette, its own remote protocol: WebDriver BiDi, which Puppeteer speaks, cannot open an extension's
 * pages. A message is `length:[type, id, name, parameters]`.
 */

const ID = 'fairfollow@fairfollow.example';
// Firefox gives each installation another one unless it is told.
const UUID = '5f2a3c1e-6b1d-4c8e-9a3f-0d6b7e4c2a19';

/** Firefox with the extension in it; every https address leads to the fixture site. */
export interface Firefox {
  /** Where the extension's own pages are. */
  extension: string;
  go(url: string): Promise<void>;
  /** Runs a function in the page; what it gets and gives passes through JSON. It may be asynchronous. */
  run<A extends unknown[], R>(script: (...parameters: A) => R | Promise<R>, ...parameters: A): Promise<R>;
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

export async function startFirefox(port: number): Promise<Firefox> {
  const folder = mkdtempSync(join(tmpdir(), 'fairfollow-firefox-'));
  const marionettePort = await freePort();
  const preferences = {
    'marionette.port': marionettePort,
    'extensions.webextensions.uuids': JSON.stringify({ [ID]: UUID }),
    'extensions.webextOptionalPermissionPrompts': false,
    'network.dns.forceResolve': '127.0.0.1',
    'network.socket.forcePort': `443=${port}`,
    'browser.shell.checkDefaultBrowser': false,
    'datareporting.policy.dataSubmissionEnabled': false,
  };
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(folder, 'user.js'), lines.join('\n'));
  const command = findBrowser('FIREFOX_PATH', ['firefox-esr', 'firefox']);
  const process = spawn(command, ['-headless', '-marionette', '-profile', folder], { stdio: 'ignore' });
  const marionette = new Marionette(await connectWhenUp(marionettePort, process));
  await marionette.ask('WebDriver:NewSession', { acceptInsecureCerts: true });
  await marionette.ask('WebDriver:SetTimeouts', { script: 60_000, pageLoad: 60_000 });
  await marionette.ask('WebDriver:SetWindowRect', { width: 1000, height: 840 });
  await marionette.ask('Addon:Install', { path: build('firefox-mv3-e2e'), temporary: true });
  return {
    extension: `moz-extension://${UUID}`,
    go: async (url) => {
      await marionette.ask('WebDriver:Navigate', { url });
    },
    run: async <A extends unknown[], R>(script: (...parameters: A) => R | Promise<R>, ...parameters: A) => {
      const wrapped = `
        const [parameters, done] = arguments;
        Promise.resolve().then(() => (${script.toString()})(...parameters))
          .then((value) => done({ value }), (failure) => done({ failure: String(failure) }));`;
      const answer = await marionette.ask('WebDriver:ExecuteAsyncScript', {
        script: wrapped,
        args: [parameters],
      });
      const { value, failure } = answer.value as { value: R; failure?: string };
      if (failure !== undefined) throw new Error(failure);
      return value;
    },
    screenshot: async () => {
      const answer = await marionette.ask('WebDriver:TakeScreenshot', { full: false });
      return Buffer.from(String(answer.value), 'base64');
    },
    close: async () => {
      const ended = new Promise((resolve) => process.once('exit', resolve));
      process.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

type Answer = Record<string, unknown>;

class Marionette {
  private received = Buffer.alloc(0);
  private last = 0;
  private readonly waiting = new Map<number, (failure: unknown, answer: Answer) => void>();

  constructor(private readonly socket: Socket) {
    socket.on('data', (data) => {
      this.received = Buffer.concat([this.received, data]);
      this.read();
    });
  }

  ask(name: string, parameters: Record<string, unknown>): Promise<Answer> {
    const id = ++this.last;
    const text = JSON.stringify([0, id, name, parameters]);
    this.socket.write(`${Buffer.byteLength(text)}:${text}`);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, (failure, answer) => {
        if (failure) reject(new Error(`${name}: ${JSON.stringify(failure).slice(0, 500)}`));
        else resolve(answer);
      });
    });
  }

  private read(): void {
    for (;;) {
      const colon = this.received.indexOf(':');
      const end = colon + 1 + Number(this.received.subarray(0, colon));
      if (colon < 0 || this.received.length < end) return;
      const message: unknown = JSON.parse(this.received.subarray(colon + 1, end).toString());
      this.received = this.received.subarray(end);
      if (!Array.isArray(message)) continue; // its greeting
      const [, id, failure, answer] = message as [number, number, unknown, Answer];
      this.waiting.get(id)?.(failure, answer);
      this.waiting.delete(id);
    }
  }
}

async function connectWhenUp(port: number, process: ChildProcess): Promise<Socket> {
  for (;;) {
    if (process.exitCode !== null) throw new Error(`Firefox ended with ${process.exitCode}`);
    const socket = connect(port, '127.0.0.1');
    const connected = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => {
        resolve(true);
      });
      socket.once('error', () => {
        resolve(false);
      });
    });
    if (connected) return socket;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
