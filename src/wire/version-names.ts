/** What came before V3_0_1, where releases had no order yet. */
const first = [
  ...["SNAPSHOT", "ALPHA1", "BETA1", "BETA2", "BETA3", "BETA4", "BETA5", "BETA6_SNAPSHOT", "BETA6", "BETA7_SNAPSHOT"],
  ...["BETA7", "BETA8_SNAPSHOT", "BETA8", "BETA9_SNAPSHOT", "BETA9", "FINAL"],
].map((name) => `V3_0_0_${name}`);

/** From there on each release follows its snapshot; 3.3 to 3.9 have no patch 0. */
const later = [
  ...releases(3, 0, 1, 15),
  ...[1, 2].flatMap((minor) => releases(3, minor, 0, 9)),
  ...[3, 4, 5, 6, 7, 8, 9].flatMap((minor) => releases(3, minor, 1, 9)),
  ...[4, 5].flatMap((major) => Array.from({ length: 10 }, (_, minor) => releases(major, minor, 0, 9)).flat()),
];

/** MQVersion.Version in the order of its ordinals, the same in every generation as far as it knows them. */
const names: readonly string[] = [...first, ...later];

function releases(major: number, minor: number, from: number, to: number): string[] {
  const patches = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return patches.flatMap((patch) => {
    const release = `V${major}_${minor}_${patch}`;
    return [`${release}_SNAPSHOT`, release];
  });
}

/** The name of a version, such as V5_5_0; HIGHER_VERSION for what no release known here has (MQVersion.value2Version). */
export function versionName(ordinal: number): string {
  return names[ordinal] ?? "HIGHER_VERSION";
}
