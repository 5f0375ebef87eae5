import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { routes } from "../../routes/index.ts";
import { mediaTypesOf } from "../../src/http/openapi/house.ts";
import type { Rig } from "../gateway/support/rig.ts";
import { furnished, operationOf } from "../routes/furnished.ts";

const types = ["application/json", "text/plain", "application/vnd.rocketmq.command+json", "application/octet-stream"];

let rig: Rig;
beforeAll(async () => {
  rig = await furnished();
});
afterAll(() => rig[Symbol.asyncDispose]());

const reads = routes.filter(({ method, media, answers }) => method === "GET" && media === null && 200 in answers);

describe.each(reads.map((route) => [route.path, route] as const))("GET %s", (_path, route) => {
  test("can be had in the views that it is described in, and in no other", async () => {
    const [operation] = operationOf(route);
    for (const accept of types) {
      const isDescribed = mediaTypesOf(route).some((type) => type === accept);
      const { status, headers } = await rig.raw(operation, { accept });
      const type = headers.get("content-type")?.split(";")[0];
      const expected = isDescribed ? { status: 200, type: accept } : { status: 406, type: "application/problem+json" };
      expect({ accept, status, type }).toEqual({ accept, ...expected });
    }
  });
});
