import type { BrowserContext } from '@playwright/test';

/** What the extension's background holds after a collection, in bytes: its heap and the buffers beside it. */
export async function memoryOfBackground(context: BrowserContext): Promise<number> {
  const browser = context.browser();
  if (browser === null) throw new Error('no browser behind this context');
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  const worker = targetInfos.find(
    ({ type, url }) => type === 'service_worker' && url.startsWith('chrome-extension://'),
  );
  if (!worker) throw new Error('the background is not running');
  const { sessionId } = await session.send('Target.attachToTarget', { targetId: worker.targetId });
  let last = 0;
  const ask = (method: string) =>
    new Promise<Record<string, number>>((resolve) => {
      const id = ++last;
      session.on('Target.receivedMessageFromTarget', ({ message }) => {
        const answer = JSON.parse(message) as { id?: number; result?: Record<string, number> };
        if (answer.id === id) resolve(answer.result ?? {});
      });
      void session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    });
  await ask('HeapProfiler.enable');
  await ask('HeapProfiler.collectGarbage');
  await ask('HeapProfiler.collectGarbage');
  const { usedSize = 0, backingStorageSize = 0 } = await ask('Runtime.getHeapUsage');
  await session.detach();
  return usedSize + backingStorageSize;
}
