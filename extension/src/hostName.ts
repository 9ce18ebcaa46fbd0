/** Whether this can be the host of a web page: a name in ASCII with a dot in it, no address and no port. */
export function isHost(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= 253 &&
    /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(value)
  );
}

/** A host's name in ASCII; null where it holds what makes it look like another one, which is another host. */
export function asciiHost(host: string): string | null {
  let name = host.toLowerCase();
  if (/[^a-z0-9.-]/.test(host.replace(/[A-Z]/g, ''))) {
    // A URL takes what is invisible away and turns wide, struck or cursive letters into plain ones.
    if (
      !/^[\p{L}\p{M}\p{N}.-]{1,253}$/u.test(host) ||
      /\p{DI}/u.test(host) ||
      host.normalize('NFKC') !== host
    )
      return null;
    name = URL.canParse(`https://${host}`) ? new URL(`https://${host}`).hostname : '';
  }
  return isHost(name) ? name : null;
}
