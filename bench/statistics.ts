/** The middle one of some numbers, the mean of the two middle ones where their count is even. */
export function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(at)] ?? Number.NaN) + (sorted[Math.ceil(at)] ?? Number.NaN)) / 2;
}

/** The smallest and the largest. */
export function rangeOf(numbers: readonly number[]): readonly [smallest: number, largest: number] {
  return [Math.min(...numbers), Math.max(...numbers)];
}
