import { parseName } from '../account/name';
import type { NewReport } from '../report/draft';
import type { ShownAccount } from '../lookup/account';

/** Whom a report names, in the form services use; null where that is not to be told. */
export function parseNamed({ network, name }: NewReport['account']): ShownAccount | null {
  const id = /^id:([\w-]+)$/.exec(name)?.[1];
  if (id !== undefined) {
    try {
      return { network, handle: null, nativeId: atob(id.replaceAll('-', '+').replaceAll('_', '/')) };
    } catch {
      return null;
    }
  }
  const account = parseName(name);
  return account?.network === network ? account : null;
}
