import type { components } from '../api';
import { nativeIdKey, sameHandle, type ShownAccount } from './account';
import { ServiceClient, ServiceError } from './service';
import type { Account, Verdict } from './wire';

/** A verdict of any standing, as an account's own answer has it; lists have the listed ones only. */
export interface HeldVerdict extends Omit<Verdict, 'standing'> {
  standing: components['schemas']['Standing'];
  /** What evidence is wanting, for a verdict that could not be reached. */
  missing: Missing[];
}

export type Missing = components['schemas']['Missing'];

/** What the service said of one account when the user had it asked by name. */
export interface Assessment {
  account: Account;
  status: components['schemas']['AccountVerdicts']['status'];
  verdicts: HeldVerdict[];
  /** The page with the evidence. */
  page: string;
  asOf: string;
  /** The service's database is away: this is what was last published. */
  stale: boolean;
}

/** `off`: the user does not want accounts of this network looked up, or nobody is there to ask. */
export type Answer =
  | { assessment: Assessment }
  | {
      failure: 'away' | 'invalid' | 'too-many-requests' | 'off';
      /** When the service wants to be asked again, in milliseconds since 1970, where it said so. */
      retryAt?: number;
    };

/** Asks the service about one account by its name. Nothing of it is kept: who was asked about is nobody's business. */
export async function askByName(
  service: string,
  account: ShownAccount,
  client: ServiceClient = new ServiceClient(service),
  now: () => number = Date.now,
): Promise<Answer> {
  const name = nameInPath(account);
  if (name === null) return { failure: 'invalid' };
  try {
    const assessment = await client.account(account.network, name);
    // An answer about somebody else would accuse whoever was asked about.
    if (!isAbout(account, assessment.account)) return { failure: 'invalid' };
    const verdicts = assessment.verdicts.filter(
      ({ reviewAt }) => reviewAt === null || Date.parse(reviewAt) > now(),
    );
    return { assessment: { ...assessment, verdicts, page: pageOf(service, assessment.account, name) } };
  } catch (failure) {
    const { code, retryAfter } = failure instanceof ServiceError ? failure : new ServiceError('invalid');
    if (code === 'too-many-requests') {
      return { failure: code, ...(retryAfter !== null && { retryAt: now() + retryAfter * 1000 }) };
    }
    return { failure: code === 'invalid' ? 'invalid' : 'away' };
  }
}

/** An account's name in the service's paths: the native id where it is known, for it stays when the handle changes hands. */
export function nameInPath({ handle, nativeId }: ShownAccount): string | null {
  if (nativeId === null) return handle;
  return nativeId.startsWith('did:') ? nativeId : `id:${base64url(nativeId)}`;
}

function isAbout({ network, handle, nativeId }: ShownAccount, answered: Account): boolean {
  if (network !== answered.network) return false;
  if (nativeId === null)
    return handle !== null && answered.handle !== null && sameHandle(handle, answered.handle);
  return (
    answered.nativeId !== null && nativeIdKey(network, nativeId) === nativeIdKey(network, answered.nativeId)
  );
}

/** Made here and not taken from the answer: a link leads to the service the user chose, or nowhere. */
function pageOf(service: string, { network, handle }: Account, name: string): string {
  return `${service}/accounts/${network}/${encodeURIComponent(handle ?? name)}`;
}

function base64url(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
