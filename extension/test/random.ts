/** A seeded generator (mulberry32), so that a failure can be repeated: FAIRFOLLOW_SEED=… npm test. */
export function seededRandom(what: string): () => number {
  let state = Number(process.env.FAIRFOLLOW_SEED ?? Date.now() % 2 ** 32) >>> 0;
  console.log(`${what}: FAIRFOLLOW_SEED=${state}`);
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
