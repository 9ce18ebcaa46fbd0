/** Whether an element is in the page and has a box: screens left behind stay without one. */
export function isShowing(element: Element): boolean {
  return element.isConnected && element.getClientRects().length > 0;
}
