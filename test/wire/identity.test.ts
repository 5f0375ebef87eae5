import { expect, test } from "bun:test";
import { identityFor } from "../../src/wire/identity.ts";
import { samplesIn } from "../golden/samples.ts";

// 3.x fails a registration of version 140 and more, and strict JSON is for 401 and more.
test.each([
  [undefined, 78],
  [0, 78],
  [78, 78],
  [139, 78],
  [212, 78],
  [213, 213],
  [407, 407],
  [513, 513],
  [600, 513],
])("a server of version %p hears %d", (server, version) => {
  expect(identityFor(server)).toEqual({ language: "HTTP", version });
});

test("every generation knows the language", async () => {
  const probes = await samplesIn("raw-frame-probes.json");
  const answered = probes.filter(({ test, result }) => test === "language='HTTP'" && typeof result === "object");
  expect(new Set(answered.map(({ version }) => version))).toEqual(new Set(["3.2.6", "5.5.0"]));
});
