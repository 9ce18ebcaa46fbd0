/*
 * Distinct 32-bit numbers in rising order as the Rice codes of their gaps: what lists and deltas are made of.
 * A code is read and written a word at a time: a list may have a million.
 */

export const MAX_VALUE = 0xffff_ffff;
export const MAX_PARAMETER = 31;

/** Reads codes one behind the other, and refuses what is none. */
export class GapReader {
  private readonly view: DataView;
  private readonly end: number;
  private position = 0;

  constructor(
    payload: Uint8Array,
    private readonly refuse: (why: string) => never,
  ) {
    // With room behind it, so that a window may begin at its last bit.
    const padded = new Uint8Array(payload.length + 8);
    padded.set(payload);
    this.view = new DataView(padded.buffer);
    this.end = payload.length * 8;
  }

  read(count: number, parameter: number): Uint32Array<ArrayBuffer> {
    const { view, end, refuse } = this;
    const values = new Uint32Array(count);
    const unit = 2 ** parameter;
    let position = this.position;
    let value = -1;
    for (let i = 0; i < count; i++) {
      let quotient = 0;
      let ones = Math.clz32(~windowAt(view, position));
      while (ones === 32) {
        quotient += 32;
        position += 32;
        if (position >= end) refuse('truncated');
        ones = Math.clz32(~windowAt(view, position));
      }
      quotient += ones;
      position += ones + 1;
      if (position + parameter > end) refuse('truncated');
      const low = parameter === 0 ? 0 : windowAt(view, position) >>> (32 - parameter);
      position += parameter;
      value += quotient * unit + low + 1;
      if (value > MAX_VALUE) refuse('value out of bounds');
      values[i] = value;
    }
    this.position = position;
    return values;
  }

  finish(): void {
    const left = this.end - this.position;
    if (left >= 8) this.refuse('trailing bytes');
    if (left > 0 && windowAt(this.view, this.position) >>> (32 - left) !== 0)
      this.refuse('padding is not zero');
  }
}

/** The 32 bits from a position on, the first one highest. */
function windowAt(view: DataView, position: number): number {
  const byte = position >> 3;
  const shift = position & 7;
  return (view.getUint32(byte) << shift) | (view.getUint8(byte + 4) >> (8 - shift));
}

/** The codes of rising numbers, with the parameter that makes them shortest: the smallest of several. */
export function encodeGaps(values: Uint32Array): { payload: Uint8Array; parameter: number } {
  const parameter = bestParameter(values);
  let bits = values.length * (parameter + 1);
  let previous = -1;
  for (const value of values) {
    bits += (value - previous - 1) >>> parameter;
    previous = value;
  }
  const length = Math.ceil(bits / 8);
  // With room behind it, so that a word may begin at its last bit.
  const view = new DataView(new ArrayBuffer(length + 4));
  let position = 0;
  /** At most 24 bits, so that they fit into the word that begins with the byte they begin in. */
  const put = (low: number, count: number) => {
    const byte = position >> 3;
    view.setUint32(byte, view.getUint32(byte) | (low << (32 - count - (position & 7))));
    position += count;
  };
  previous = -1;
  for (const value of values) {
    const gap = value - previous - 1;
    previous = value;
    for (let ones = gap >>> parameter; ones > 0; ones -= 24) {
      const count = Math.min(ones, 24);
      put(2 ** count - 1, count);
    }
    position++; // the zero that ends them
    if (parameter > 16) {
      put((gap >>> 16) & (2 ** (parameter - 16) - 1), parameter - 16);
      put(gap & 0xffff, 16);
    } else if (parameter > 0) {
      put(gap & (2 ** parameter - 1), parameter);
    }
  }
  return { payload: new Uint8Array(view.buffer, 0, length), parameter };
}

/** One more bit costs a bit an entry and saves ever less: the first parameter from which it does not pay is the best. */
function bestParameter(values: Uint32Array): number {
  let low = 0;
  let high = values.length === 0 ? 0 : MAX_PARAMETER;
  while (low < high) {
    const middle = (low + high) >> 1;
    let saved = 0;
    let previous = -1;
    for (const value of values) {
      const quotient = (value - previous - 1) >>> middle;
      saved += (quotient >>> 1) + (quotient & 1);
      previous = value;
    }
    if (saved > values.length) low = middle + 1;
    else high = middle;
  }
  return low;
}
