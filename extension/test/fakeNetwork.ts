import {
  NetworkError,
  type FollowerPage,
  type FollowerSource,
  type ListedFollower,
} from '../src/networks/followers';
import type { OwnAccount } from '../src/ledger/ownAccounts';

export const OWN: OwnAccount = {
  network: 'mastodon',
  handle: 'rosa@social.example',
  nativeId: 'https://social.example/users/rosa',
};

interface Person {
  id: string;
  handle: string;
  /** Place in the list, newest first: the larger, the nearer to the top; null where they do not follow. */
  follows: number | null;
  suspended: boolean;
  blocked: boolean;
  /** When they followed and left, in truth. */
  truth: { followed: number; left: number | null }[];
}

/** A network with one followed account, whose list can be torn, shifted and withheld. */
export class FakeNetwork implements FollowerSource {
  readonly people = new Map<string, Person>();
  /** Who is not on the list just now, though they follow. */
  omitted: ReadonlySet<string> = new Set();
  /** What the next questions end with instead of an answer. */
  readonly failures: NetworkError[] = [];
  pageSize = 5;
  asked = 0;
  counting: 'right' | 'listed' | 'nothing' = 'right';
  readonly relations?: NonNullable<FollowerSource['relations']>;
  private places = 0;

  constructor(
    private readonly now: () => number,
    tellsRelations = false,
  ) {
    if (tellsRelations) {
      this.relations = (_, accounts) =>
        Promise.resolve(
          accounts.map(({ nativeId }) => {
            const person = this.people.get(nativeId ?? '');
            if (!person) return 'unknown';
            return person.blocked ? 'blocked' : person.follows === null ? 'follows-not' : 'follows';
          }),
        );
    }
  }

  follow(name: string): void {
    const id = `https://far.example/users/${name}`;
    const person = this.people.get(id) ?? {
      id,
      handle: `${name}@far.example`,
      follows: null,
      suspended: false,
      blocked: false,
      truth: [],
    };
    if (person.follows !== null) return;
    person.follows = ++this.places;
    person.truth.push({ followed: this.now(), left: null });
    this.people.set(id, person);
  }

  leave(name: string): void {
    const person = this.person(name);
    if (person.follows === null) return;
    person.follows = null;
    person.truth.at(-1)!.left = this.now();
  }

  person(name: string): Person {
    const person = this.people.get(`https://far.example/users/${name}`);
    if (!person) throw new Error(`nobody is called ${name}`);
    return person;
  }

  resolve(): Promise<OwnAccount> {
    return Promise.resolve(OWN);
  }

  count(): Promise<number | null> {
    this.answer();
    if (this.counting === 'nothing') return Promise.resolve(null);
    return Promise.resolve(this.counting === 'right' ? this.followers().length : this.listed().length);
  }

  page(_: OwnAccount, cursor: string | null): Promise<FollowerPage> {
    this.answer();
    const below = cursor === null ? Infinity : Number(cursor);
    const rest = this.listed().filter(({ follows }) => (follows ?? 0) < below);
    const rows = rest.slice(0, this.pageSize);
    const next = rest.length > rows.length ? String(rows.at(-1)?.follows) : null;
    return Promise.resolve({ followers: rows.map(listed), next });
  }

  exist(accounts: { nativeId: string | null }[]): Promise<('active' | 'gone' | 'unknown')[]> {
    this.asked++;
    return Promise.resolve(
      accounts.map(({ nativeId }) =>
        this.people.get(nativeId ?? '')?.suspended === false ? 'active' : 'gone',
      ),
    );
  }

  permission(): string {
    return 'https://social.example/*';
  }

  private followers(): Person[] {
    return [...this.people.values()].filter(({ follows, suspended }) => follows !== null && !suspended);
  }

  private listed(): Person[] {
    return this.followers()
      .filter(({ id, blocked }) => !blocked && !this.omitted.has(id))
      .sort((one, other) => (other.follows ?? 0) - (one.follows ?? 0));
  }

  private answer(): void {
    this.asked++;
    const failure = this.failures.shift();
    if (failure) throw failure;
  }
}

function listed({ id, handle }: Person): ListedFollower {
  return { network: 'mastodon', handle, nativeId: id, name: '' };
}
