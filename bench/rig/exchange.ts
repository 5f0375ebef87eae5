import { getRouteInfoByTopic } from "../../src/commands/get-route-info-by-topic.ts";
import { parseAddress } from "../../src/transport/address.ts";
import { connect } from "../../src/transport/bun.ts";
import { encodeFrame } from "../../src/wire/frame.ts";
import { frameCutter } from "../../src/wire/frame-cutter.ts";
import { requestFlag } from "../../src/wire/remoting-command.ts";

/**
 * Asks for a route on a connection of its own and gives the answer as it came, without its length field. The JSON of its
 * body goes by the version that the request states.
 */
export async function routeAnswer(address: string, topic: string, version: number): Promise<Uint8Array> {
  const socket = await connect(parseAddress(address));
  const command = {
    code: getRouteInfoByTopic.code,
    language: "HTTP",
    version,
    opaque: 1,
    flag: requestFlag(false),
    remark: null,
    extFields: { topic },
    body: null,
  };
  await socket.write(encodeFrame({ serializeType: "JSON", command }, Number.POSITIVE_INFINITY));
  const cutter = frameCutter(Number.MAX_SAFE_INTEGER);
  try {
    for await (const chunk of socket.chunks) for (const frame of cutter.push(chunk)) return frame;
    throw new Error(`Cannot ask ${address}: it closed the connection`);
  } finally {
    socket.close();
  }
}
