/** The parts of the browser that settings use, in memory: storage, permissions, registered scripts. */
export function stubBrowser() {
  const stored: Record<string, unknown> = {};
  const session: Record<string, unknown> = {};
  const granted = new Set<string>();
  const scripts = new Map<string, { id: string; matches: string[] }>();
  const area = (values: Record<string, unknown>) => ({
    get: (keys?: string | string[]) => {
      const wanted = keys === undefined ? Object.keys(values) : [keys].flat();
      return Promise.resolve(
        Object.fromEntries(
          wanted.filter((key) => key in values).map((key) => [key, structuredClone(values[key])]),
        ),
      );
    },
    set: (changes: Record<string, unknown>) => {
      Object.assign(values, structuredClone(changes));
      return Promise.resolve();
    },
    remove: (keys: string | string[]) => {
      for (const key of [keys].flat()) Reflect.deleteProperty(values, key);
      return Promise.resolve();
    },
  });
  const { chrome } = globalThis as unknown as { chrome: Record<string, unknown> };
  Object.assign(chrome, {
    storage: { local: area(stored), session: area(session) },
    permissions: {
      contains: ({ origins }: { origins: string[] }) =>
        Promise.resolve(origins.every((origin) => granted.has(origin))),
      remove: ({ origins }: { origins: string[] }) => {
        for (const origin of origins) granted.delete(origin);
        return Promise.resolve(true);
      },
    },
    tabs: { query: () => Promise.resolve([]) },
    scripting: {
      getRegisteredContentScripts: () => Promise.resolve([...scripts.values()]),
      registerContentScripts: (added: { id: string; matches: string[] }[]) => {
        for (const script of added) {
          if (scripts.has(script.id)) return Promise.reject(new Error(`Duplicate script ID '${script.id}'`));
          scripts.set(script.id, script);
        }
        return Promise.resolve();
      },
      unregisterContentScripts: ({ ids }: { ids: string[] }) => {
        for (const id of ids) scripts.delete(id);
        return Promise.resolve();
      },
    },
  });
  return { stored, session, granted, scripts };
}
