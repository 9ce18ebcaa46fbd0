const DAY = 24 * 3_600_000;

/** A file with a record somebody kept: departures of all sorts. */
export function keptRecord(ownId: string, count: number): { name: string; mimeType: string; buffer: Buffer } {
  const at = (days: number) => new Date(Date.now() - days * DAY).toISOString();
  const followersKept = Array.from({ length: count }, (_, number) => {
    const ago = 1 + (number % 26);
    const stayed = 2 + (number % 9);
    const isFirst = number % 7 === 3;
    const doubt = number % 5 === 4 ? 'gone' : null;
    return {
      handle: `person${number}.example`,
      nativeId: `did:plc:${String(number).padStart(24, 'q')}`,
      name: `Person ${number}`,
      handleAt: at(ago),
      seenAt: at(ago + 0.3),
      spells: [
        {
          followed: [isFirst ? null : at(ago + stayed + 0.3), at(ago + stayed)],
          followedBy: 'list',
          left: [at(ago + 0.3), at(ago)],
          leftBy: 'list',
          doubt,
        },
      ],
    };
  });
  const account = { network: 'bluesky', handle: 'rosa.example', nativeId: ownId };
  const file = { format: 'fairfollow-record', version: 1, records: [{ account, followers: followersKept }] };
  return { name: 'record.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) };
}
