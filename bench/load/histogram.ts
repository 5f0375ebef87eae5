/** So many parts of a microsecond are told apart. */
const UNITS_PER_MICRO = 16;
/** Values of a power of two share so many buckets, which bounds the error to 1/64 of the value. */
const BUCKETS_PER_POWER = 64;
const POWER_BITS = 6;
/** Enough for 2^31 units, some two minutes. */
const BUCKETS = 27 * BUCKETS_PER_POWER;

/** Counts of durations, as exact for short ones as for long ones. */
export interface Histogram {
  record(micros: number): void;
  /** The duration, in microseconds, that this part of all recorded ones (0 to 1) doesn't exceed. */
  quantile(part: number): number;
}

export function histogram(): Histogram {
  const counts = new Uint32Array(BUCKETS);
  let total = 0;
  return {
    record(micros) {
      const units = Math.min(Math.round(micros * UNITS_PER_MICRO), 0x7fffffff);
      const power = Math.max(0, 31 - Math.clz32(units) - POWER_BITS);
      const bucket = power * BUCKETS_PER_POWER + (units >>> power);
      counts[bucket] = (counts[bucket] as number) + 1;
      total++;
    },
    quantile(part) {
      let left = Math.max(1, Math.ceil(part * total));
      const bucket = counts.findIndex((count) => {
        left -= count;
        return left <= 0;
      });
      return midOf(bucket) / UNITS_PER_MICRO;
    },
  };
}

/** The middle of the units that a bucket counts. */
function midOf(bucket: number): number {
  const power = Math.max(0, (bucket >>> POWER_BITS) - 1);
  return (bucket - power * BUCKETS_PER_POWER + 0.5) * 2 ** power - 0.5;
}
