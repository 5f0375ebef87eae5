import { type Digest, digest, pattern } from "../bytes.ts";
import { check, equal, waits } from "../check.ts";
import type { Case } from "../subject.ts";
import { ask, hear, order, say, take, unique } from "../talk.ts";

const megabyte = 1 << 20;
/** More than the kernels keep for a connection whose reader sleeps (some 10 MB), so that its writer has to wait. */
const moreThanBuffersBytes = 24 * megabyte;
/** What may have left a peer although nobody read: the buffers of both kernels and runtimes. */
const maxUnreadBytes = 16 * megabyte;
const floodBytes = 48 * megabyte;

/** Bytes on their way: as they come, in order, whole, and not faster than they are read. */
export const flow: readonly Case[] = [
  {
    name: "sends and receives",
    async run(subject) {
      const socket = await order(subject, { do: "echo" });
      await say(socket, "hello");
      equal(new TextDecoder().decode(await take(socket, 5)), "hello", "the echo");
      socket.close();
    },
  },
  {
    name: "names its peer as host:port",
    async run(subject) {
      const socket = await subject.connect(subject.peers.tcp);
      equal(socket.remote, `127.0.0.1:${subject.peers.tcp.port}`, "remote");
      socket.close();
    },
  },
  {
    name: "receives bytes that come one by one",
    async run(subject) {
      const text = "one by one, from the first to the last";
      const socket = await order(subject, { do: "drip", text });
      equal(await hear(socket), text, "the text");
      socket.close();
    },
  },
  {
    name: "sends bytes one by one",
    async run(subject) {
      const bytes = pattern(300);
      const socket = await order(subject, { do: "sink", bytes: bytes.length });
      for (const byte of bytes) await socket.write(Uint8Array.of(byte));
      equal<Digest>(JSON.parse(await hear(socket)), digest(bytes), "what arrived");
      socket.close();
    },
  },
  {
    name: "carries 8 MiB both ways at once",
    async run(subject) {
      const bytes = pattern(8 * megabyte);
      const socket = await order(subject, { do: "echo" });
      const [echo] = await Promise.all([take(socket, bytes.length), socket.write(bytes)]);
      equal(digest(echo), digest(bytes), "the echo");
      socket.close();
    },
  },
  {
    name: "keeps the order of writes that do not wait for one another",
    async run(subject) {
      const sizes = [1, 5 * megabyte, 0, 3, 2 * megabyte, ...Array.from({ length: 500 }, (_, i) => i * 7)];
      const total = sizes.reduce((sum, size) => sum + size);
      const all = pattern(total);
      const socket = await order(subject, { do: "sink", bytes: total });
      const writes: Promise<void>[] = [];
      for (let at = 0; at < total; at += sizes[writes.length - 1] ?? 0) {
        writes.push(socket.write(all.subarray(at, at + (sizes[writes.length] ?? 0))));
      }
      await Promise.all(writes);
      equal<Digest>(JSON.parse(await hear(socket)), digest(all), "what arrived");
      socket.close();
    },
  },
  {
    name: "takes an empty write",
    async run(subject) {
      const socket = await order(subject, { do: "echo" });
      await socket.write(new Uint8Array());
      await say(socket, "x");
      equal(new TextDecoder().decode(await take(socket, 1)), "x", "the echo");
      socket.close();
    },
  },
  {
    name: "leaves an array alone once its write has resolved",
    async run(subject) {
      const gate = unique("gate");
      const bytes = pattern(256 * 1024);
      const rounds = 16;
      const socket = await order(subject, { do: "sink", bytes: rounds * bytes.length, after: gate });
      let sum: Digest | undefined;
      const opened = ask(subject, { do: "open", gate });
      for (let round = 0; round < rounds; round++) {
        bytes.fill(round);
        sum = digest(bytes, sum);
        await socket.write(bytes);
      }
      await opened;
      equal<Digest | undefined>(JSON.parse(await hear(socket)), sum, "what arrived");
      socket.close();
    },
  },
  {
    name: "a write waits for a peer that does not read, and then arrives whole",
    async run(subject) {
      const gate = unique("gate");
      const bytes = pattern(moreThanBuffersBytes);
      const socket = await order(subject, { do: "sink", bytes: bytes.length, after: gate });
      const write = socket.write(bytes);
      check(await waits(write), "the write must wait for the peer");
      await ask(subject, { do: "open", gate });
      await write;
      equal<Digest>(JSON.parse(await hear(socket)), digest(bytes), "what arrived");
      socket.close();
    },
  },
  {
    name: "a peer's flood stalls while nobody reads, and then arrives whole",
    async run(subject) {
      const report = unique("flood");
      const socket = await order(subject, { do: "flood", bytes: floodBytes, report });
      const flood = await ask<{ stalled: boolean; sent: number }>(subject, { do: "report", report });
      check(flood.stalled, "the peer must be held up while nobody reads");
      check(flood.sent <= maxUnreadBytes, `the peer sent ${flood.sent} bytes that nobody had read`);
      const sum = digest(await take(socket, floodBytes));
      equal(sum, digest(pattern(floodBytes)), "the flood");
      socket.close();
    },
  },
  {
    name: "carries 50 connections at once",
    async run(subject) {
      const talk = async (_: unknown, seed: number) => {
        const bytes = pattern(20_000, seed);
        const socket = await order(subject, { do: "echo" });
        const [echo] = await Promise.all([take(socket, bytes.length), socket.write(bytes)]);
        equal(digest(echo), digest(bytes), `echo ${seed}`);
        socket.close();
      };
      await Promise.all(Array.from({ length: 50 }, talk));
    },
  },
];
