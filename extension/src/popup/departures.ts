/** How many accounts left the user within a week, by their own record; null where nothing is recorded. */
export function departuresWithinAWeek(): Promise<number | null> {
  return Promise.resolve(null);
}
