import { describe, expect, test } from "bun:test";
import { fromUtf8, utf8 } from "../../src/bytes/utf8.ts";
import type { Fault } from "../../src/errors.ts";
import { binaryEvent, structuredEvent, structuredEvents } from "../../src/http/cloud-event-input.ts";
import { faultOf } from "../support/fault-of.ts";

const needed = { specversion: "1.0", id: "1", source: "/s", type: "t" };
const properties = { ce_specversion: "1.0", ce_id: "1", ce_source: "/s", ce_type: "t" };
const parse = (event: unknown) => structuredEvent(utf8(JSON.stringify(event)));
const places = (fault: Fault) => fault.options.violations?.map(({ pointer }) => pointer);

describe("an event in JSON", () => {
  test.each([
    [{ data: { a: [1, "x"] } }, '{"a":[1,"x"]}', "application/json"],
    [{ data: "text" }, '"text"', "application/json"],
    [{ data: null }, "null", "application/json"],
    [{ data: "text", datacontenttype: "text/plain" }, "text", "text/plain"],
    [{ data: "text", datacontenttype: "application/vnd.x+json; v=1" }, '"text"', "application/vnd.x+json; v=1"],
    [{ data: { a: 1 }, datacontenttype: "text/plain" }, '{"a":1}', "text/plain"],
    [{ data_base64: "aGk=", datacontenttype: "image/png" }, "hi", "image/png"],
    [{ data_base64: "aGk=" }, "hi", undefined],
  ])("with %j has its data as body", (more, body, type) => {
    const message = parse({ ...needed, ...more });
    expect(fromUtf8(message.bytes ?? new Uint8Array(), "body")).toBe(body);
    expect(message.properties).toEqual({ ...properties, ...(type && { "content-type": type }) });
  });

  test("keeps every attribute, and every digit", () => {
    const text = `{"specversion":"1.0","id":"1","source":"/s","type":"t","n":9007199254740993,"b":true,"x":null,"data":1}`;
    expect(structuredEvent(utf8(text)).properties).toEqual({
      ...properties,
      ce_n: "9007199254740993",
      ce_b: "true",
      "content-type": "application/json",
    });
  });

  test.each([
    [{ ...needed }, ["/data"]],
    [{ ...needed, data: "", datacontenttype: "text/plain" }, ["/data"]],
    [{ ...needed, id: "", data: 1 }, ["/id"]],
    [{ data: 1 }, ["/specversion", "/id", "/source", "/type"]],
    [{ ...needed, specversion: "0.3", data: 1 }, ["/specversion"]],
    [{ ...needed, data: 1, data_base64: "aGk=" }, ["/data_base64"]],
    [{ ...needed, data_base64: "?" }, ["/data_base64"]],
    [{ ...needed, data: 1, datacontenttype: 1 }, ["/datacontenttype"]],
    [{ ...needed, data: 1, Upper: "x", deep: {} }, ["/Upper", "/deep"]],
    [[needed], [""]],
  ])("is not %j", async (event, pointers) => {
    const fault = await faultOf((async () => parse(event))());
    expect([fault.fault, places(fault)]).toEqual(["invalid-body", pointers]);
  });

  test("is one of a list", async () => {
    const list = [needed, needed].map((event, index) => ({ ...event, id: `${index}`, data: index + 1 }));
    expect(structuredEvents(utf8(JSON.stringify(list))).map((message) => message.properties?.ce_id)).toEqual([
      "0",
      "1",
    ]);
    const fault = await faultOf((async () => structuredEvents(utf8(JSON.stringify([list[0], {}]))))());
    expect(places(fault)?.[0]).toBe("/1/specversion");
  });
});

describe("an event in headers", () => {
  const headers = (more: Record<string, string> = {}) =>
    new Headers({ "ce-specversion": "1.0", "ce-id": "1", "ce-source": "/s", "ce-type": "t", ...more });

  test("has its attributes decoded", () => {
    const message = binaryEvent(headers({ "ce-subject": "Gr%C3%BC%C3%9Fe%20100%", "content-type": "text/plain" }));
    expect(message.properties).toEqual({ ...properties, ce_subject: "Grüße 100%", "content-type": "text/plain" });
  });

  test("needs those that every event has", async () => {
    const fault = await faultOf(
      (async () => binaryEvent(new Headers({ "ce-specversion": "2.0", "ce-my_name": "x" })))(),
    );
    expect([fault.fault, places(fault)]).toEqual([
      "invalid-argument",
      ["header:ce-id", "header:ce-source", "header:ce-type", "header:ce-specversion", "header:ce-my_name"],
    ]);
  });
});
