import { expect, test } from "bun:test";
import { memoryPair } from "../../src/transport/memory-socket.ts";
import { openSockets, peerName } from "../../src/transport/open-sockets.ts";

test.each([
  ["127.0.0.1", "127.0.0.1:4711"],
  ["::ffff:127.0.0.1", "127.0.0.1:4711"],
  ["::1", "[::1]:4711"],
  ["::ffff:1", "[::ffff:1]:4711"],
])("a peer at %s is called %s", (host, name) => {
  expect(peerName(host, 4711)).toBe(name);
});

test("closes the sockets that are open, and only those", async () => {
  const open = openSockets();
  const closes: string[] = [];
  const add = (name: string) => {
    const [socket] = memoryPair(name, "server:1");
    const close = () => {
      closes.push(name);
      socket.close();
    };
    open.add({ ...socket, close });
    return socket;
  };
  const gone = add("gone:1");
  add("open:2");
  gone.close();
  await gone.closed;
  open.closeAll();
  expect(closes).toEqual(["open:2"]);
});
