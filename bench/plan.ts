/** How much is measured. All times are milliseconds. */
export interface Plan {
  readonly concurrencies: readonly number[];
  readonly rounds: number;
  /** Load before the first round, for compilers to do their work. */
  readonly heatConcurrency: number;
  readonly heatMillis: number;
  /** Load before each measurement, which is not counted. */
  readonly warmMillis: number;
  readonly measureMillis: number;
  /** Time for waiting while other processes disturb a measurement, and for making it again; all of them together. */
  readonly retryMillis: number;
  /** Launches of each subject. */
  readonly launches: number;
  readonly decodeRounds: number;
  /** Time for each case of each round. */
  readonly decodeMillis: number;
  readonly idleConnections: number;
}

/** Some five minutes, and one and a half more where others disturb it. */
export const full: Plan = {
  concurrencies: [1, 32, 256],
  rounds: 3,
  heatConcurrency: 32,
  heatMillis: 2_500,
  warmMillis: 400,
  measureMillis: 1_700,
  retryMillis: 90_000,
  launches: 7,
  decodeRounds: 5,
  decodeMillis: 250,
  idleConnections: 10_000,
};

/** Half a minute, to see that all of it works; its figures mean little. */
export const quick: Plan = {
  concurrencies: [1, 32, 256],
  rounds: 1,
  heatConcurrency: 32,
  heatMillis: 500,
  warmMillis: 100,
  measureMillis: 300,
  retryMillis: 0,
  launches: 1,
  decodeRounds: 1,
  decodeMillis: 200,
  idleConnections: 1_000,
};
