import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, findBrowser } from './browsers';

/*
 * Firefox over Marionette, its own remote protocol, which opens an extension's pages, too. A message is
 * `length:[type, id, name, parameters]`.
 */

const ID = 'fairfollow@fairfollow.example';
// Firefox gives each installation another one unless it is told.
const UUID = '5f2a3c1e-6b1d-4c8e-9a3f-0d6b7e4c2a19';

const KEYS = { Enter: '\uE007', Escape: '\uE00C', Tab: '\uE004' };
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const PATIENCE = 10_000;

/** A selector, in which `>>>` leads into shadow roots; with a name, of what matches only what is called that. */
export type Target = string | [css: string, name: string];

/** Firefox with the extension in it; every https address leads to the fixture site. */
export interface Firefox {
  /** Where the extension's own pages are. */
  extension: string;
  /** Where what is saved goes. */
  downloads: string;
  go(url: string): Promise<void>;
  /** Runs a function in the page; what it gets and gives passes through JSON. It may be asynchronous. */
  run<A extends unknown[], R>(script: (...parameters: A) => R | Promise<R>, ...parameters: A): Promise<R>;
  /** What stands in each that matches, at this moment. */
  texts(target: Target): Promise<string[]>;
  /** Presses what matches first, as soon as it is there. The press is a person's for all the page can tell. */
  click(target: Target): Promise<void>;
  /** Moves the pointer onto what matches first, as soon as it is there. */
  hover(target: Target): Promise<void>;
  /** Taps, as a finger does, what matches first, as soon as it is there. */
  tap(target: Target): Promise<void>;
  /** Types into what has the focus. */
  type(text: string): Promise<void>;
  press(key: keyof typeof KEYS): Promise<void>;
  /** Opens a tab and drives that one from now on. */
  openTab(): Promise<void>;
  /** Drives the tab that something opens; what it gives closes that and drives the first again. */
  switchToTabOf(opening: () => Promise<void>): Promise<() => Promise<void>>;
  /** Closes the tab that is driven and drives the first again. */
  closeTab(): Promise<void>;
  /** Stops the extension's background, as Firefox does when nothing happens for half a minute. */
  stopBackground(): Promise<void>;
  /** Puts a build of the extension in the place of the one that runs. */
  install(folder: string): Promise<void>;
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

export async function startFirefox(port: number): Promise<Firefox> {
  const folder = mkdtempSync(join(tmpdir(), 'fairfollow-firefox-'));
  const marionettePort = await freePort();
  const preferences = {
    'marionette.port': marionettePort,
    'extensions.webextensions.uuids': JSON.stringify({ [ID]: UUID }),
    // Nobody can answer them here.
    'extensions.webextOptionalPermissionPrompts': false,
    'browser.download.dir': folder,
    'browser.download.folderList': 2,
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
  // Without system access only web pages may be opened.
  const parameters = ['-headless', '-marionette', '-remote-allow-system-access', '-profile', folder];
  const process = spawn(command, parameters, { stdio: 'ignore' });
  const marionette = new Marionette(await connectWhenUp(marionettePort, process));
  const { ask } = marionette;
  await ask('WebDriver:NewSession', { acceptInsecureCerts: true });
  await ask('WebDriver:SetTimeouts', { script: 60_000, pageLoad: 60_000 });
  await ask('WebDriver:SetWindowRect', { width: 1000, height: 960 });

  const first = (await ask('WebDriver:GetWindowHandle', {})).value;
  const install = async (path: string) => {
    // Pages of an extension that goes are closed, and Firefox with its last one.
    await ask('WebDriver:Navigate', { url: 'about:blank' });
    await ask('Addon:Install', { path, temporary: true });
  };
  await install(build('firefox-mv3-e2e'));

  const run = async <A extends unknown[], R>(
    script: (...parameters: A) => R | Promise<R>,
    ...parameters: A
  ) => {
    const wrapped = `
      const [parameters, done] = arguments;
      Promise.resolve().then(() => (${script.toString()})(...parameters))
        .then((value) => done({ value }), (failure) => done({ failure: String(failure) }));`;
    const answer = await ask('WebDriver:ExecuteAsyncScript', { script: wrapped, args: [parameters] });
    const outcome = answer.value as { value: R; failure?: string } | null;
    // Firefox says so of a script whose page was left before it ended.
    if (outcome === null) throw new PageLeftError();
    if (outcome.failure !== undefined) throw new Error(outcome.failure);
    return outcome.value;
  };

  /** Looking changes nothing, so of a page that was left meanwhile it is done again on the next one. */
  const texts = async (target: Target): Promise<string[]> => {
    try {
      return await run(look<string>, 'texts', target);
    } catch (failure) {
      if (failure instanceof PageLeftError) return texts(target);
      throw failure;
    }
  };

  /** The page may be drawing itself anew: what was found a moment ago may be gone. */
  const onceThere = async (target: Target, act: (element: string) => Promise<unknown>) => {
    const end = Date.now() + PATIENCE;
    for (;;) {
      try {
        const [element] = await run(look<Record<string, string>>, 'elements', target);
        if (element === undefined) throw new Error(`nothing matches ${JSON.stringify(target)}`);
        await act(element[ELEMENT] ?? '');
        return;
      } catch (failure) {
        if (Date.now() > end) throw failure;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };
  const perform = (type: 'key' | 'pointer', actions: Record<string, unknown>[], pointerType = 'mouse') =>
    ask('WebDriver:PerformActions', {
      actions: [
        { type, id: type + pointerType, actions, ...(type === 'pointer' && { parameters: { pointerType } }) },
      ],
    });
  const onto = (id: string) => ({ type: 'pointerMove', x: 0, y: 0, origin: { [ELEMENT]: id } });
  const type = async (text: string) => {
    const strokes = Array.from(text, (value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]);
    await perform('key', strokes.flat());
  };

  const closeTab = async () => {
    await ask('WebDriver:CloseWindow', {});
    await ask('WebDriver:SwitchToWindow', { handle: first, focus: true });
  };

  return {
    extension: `moz-extension://${UUID}`,
    downloads: folder,
    run,
    install,
    type,
    go: async (url) => {
      await ask('WebDriver:Navigate', { url });
    },
    texts,
    click: (target) => onceThere(target, (id) => ask('WebDriver:ElementClick', { id })),
    hover: (target) => onceThere(target, (id) => perform('pointer', [onto(id)])),
    tap: (target) =>
      onceThere(target, (id) => {
        const touch = [
          { type: 'pointerDown', button: 0 },
          { type: 'pointerUp', button: 0 },
        ];
        return perform('pointer', [onto(id), ...touch], 'touch');
      }),
    press: (key) => type(KEYS[key]),
    openTab: async () => {
      const { handle } = await ask('WebDriver:NewWindow', { type: 'tab', focus: true });
      await ask('WebDriver:SwitchToWindow', { handle, focus: true });
    },
    switchToTabOf: async (opening) => {
      const tabs = async () => (await ask('WebDriver:GetWindowHandles', {})) as unknown as string[];
      const before = await tabs();
      await opening();
      const end = Date.now() + PATIENCE;
      for (;;) {
        const handle = (await tabs()).find((tab) => !before.includes(tab));
        if (handle !== undefined) {
          await ask('WebDriver:SwitchToWindow', { handle, focus: true });
          // A tab begins empty; what is asked of it then is lost with the page it leaves.
          while (((await ask('WebDriver:GetCurrentURL', {})).value as string) === 'about:blank') {
            if (Date.now() > end) throw new Error('the tab stayed empty');
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
          return closeTab;
        }
        if (Date.now() > end) throw new Error('no tab was opened');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    closeTab,
    stopBackground: async () => {
      await ask('Marionette:SetContext', { value: 'chrome' });
      const script =
        'const [id] = arguments; return WebExtensionPolicy.getByID(id).extension.terminateBackground()';
      await ask('WebDriver:ExecuteScript', { script, args: [ID] });
      await ask('Marionette:SetContext', { value: 'content' });
    },
    screenshot: async () => {
      const answer = await ask('WebDriver:TakeScreenshot', { full: false });
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

class PageLeftError extends Error {
  constructor() {
    super('the page was left while a script ran in it');
  }
}

/** Runs in the page, so it refers to nothing outside itself. */
function look<Seen>(wanted: 'elements' | 'texts', target: Target): Seen[] {
  const [css, name] = typeof target === 'string' ? [target, null] : target;
  const plain = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
  const nameOf = (element: Element) =>
    plain(
      element.getAttribute('aria-label') ??
        (element as Partial<HTMLInputElement>).labels?.[0]?.textContent ??
        element.textContent,
    );
  let roots: ParentNode[] = [document];
  let found: Element[] = [];
  for (const part of css.split('>>>')) {
    found = roots.flatMap((root) => Array.from(root.querySelectorAll(part)));
    roots = found.flatMap((element) => element.shadowRoot ?? []);
  }
  const meant = name === null ? found : found.filter((element) => nameOf(element) === name);
  return (wanted === 'elements' ? meant : meant.map(({ textContent }) => plain(textContent))) as Seen[];
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

  readonly ask = (name: string, parameters: Record<string, unknown>): Promise<Answer> => {
    const id = ++this.last;
    const text = JSON.stringify([0, id, name, parameters]);
    this.socket.write(`${Buffer.byteLength(text)}:${text}`);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, (failure, answer) => {
        if (failure) reject(new Error(`${name}: ${JSON.stringify(failure).slice(0, 500)}`));
        else resolve(answer);
      });
    });
  };

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
