/** The epoch milliseconds that a moment (schema `Moment`) states, undefined for a day that its month doesn't have. */
export function epochMillisOf(text: string): number | undefined {
  if (/^[0-9]+$/.test(text)) return Number(text);
  const [date = ""] = text.split(/t/i);
  // Engines take February 30 for March 2.
  if (new Date(`${date}T00:00:00Z`).toISOString().startsWith(date)) return Date.parse(text.toUpperCase());
  return undefined;
}

/** What is wrong with a moment that states none. */
export const NO_SUCH_DAY = "has a day that its month doesn't have";
