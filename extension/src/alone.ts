/** Runs `work` when no other part of the extension is at work under the same name, be it in another window. */
export function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(name, work) as Promise<T>;
}
