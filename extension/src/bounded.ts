/** How everything is asked for: without cookies or referrer, from where it was asked for, and leaving no trace in a cache. */
export const DISCREETLY = {
  // The browser's own cache would keep a trace of what was looked at, and for longer than we may use it.
  cache: 'no-store',
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  redirect: 'error',
} satisfies RequestInit;

/** Reads a body and gives up at the limit, not after it: the length a server states is only a claim. Null when it is longer. */
export async function readBytes(
  body: ReadableStream<Uint8Array>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length;
    if (length > limit) {
      await reader.cancel();
      return null;
    }
    chunks.push(read.value);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
