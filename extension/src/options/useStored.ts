import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';

/** What is stored, read anew whenever it changes, here or in another window; null until it was read. */
export function useStored<T>(read: () => Promise<T>): [value: T | null, again: () => Promise<void>] {
  const [value, setValue] = useState<T | null>(null);
  const again = async () => {
    setValue(await read());
  };
  useEffect(() => {
    const onChange = (_: unknown, area: string) => {
      if (area === 'local') void again();
    };
    browser.storage.onChanged.addListener(onChange);
    void again();
    return () => {
      browser.storage.onChanged.removeListener(onChange);
    };
  }, []);
  return [value, again];
}
