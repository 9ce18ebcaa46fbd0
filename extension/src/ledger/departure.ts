/** When something happened: between two instants (ISO), the earlier null where it may have been at any time before. */
export type Between = [notBefore: string | null, notAfter: string];

/** What the user's own record says of an account that followed them and left again. */
export interface Departure {
  followed: Between;
  left: Between;
  /** It may have been a block, a suspension or an outage instead. */
  uncertain: boolean;
}

/** Why an account that follows no longer may not have left. */
export type Doubt =
  | 'gone' // the account itself is: deleted, deactivated or suspended
  | 'blocked' // one of the two blocks the other, and then it cannot be told
  | 'perhaps-blocked' // nobody tells blocks from leaves there
  | 'not-listed'; // it was only missing from the user's own list as that was scrolled through
