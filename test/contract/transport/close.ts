import { type Digest, digest, pattern } from "../bytes.ts";
import { check, equal, faultOf, waits } from "../check.ts";
import type { Case } from "../subject.ts";
import { ask, hear, order, say, take, unique } from "../talk.ts";

const moreThanBuffersBytes = 24 << 20;

type Heard = Digest & { readonly ended: string };

/** How connections end: by the peer, by us, or because they break. */
export const closing: readonly Case[] = [
  {
    name: "chunks end when the peer has sent its FIN",
    async run(subject) {
      const socket = await order(subject, { do: "say", text: "bye" });
      equal(await hear(socket), "bye", "the text");
      socket.close();
      await socket.closed;
    },
  },
  {
    name: "writing works after the peer has sent its FIN",
    async run(subject) {
      const report = unique("heard");
      const bytes = pattern(1 << 20);
      const socket = await order(subject, { do: "hear", bytes: bytes.length, end: true, report });
      equal(await hear(socket), "", "what the peer said");
      // Not at once: a runtime that closes by itself would do so meanwhile.
      await ask(subject, { do: "open", gate: unique("gate") });
      check(await waits(socket.closed), "the connection must stay open");
      await socket.write(bytes);
      const heard = await ask<Heard>(subject, { do: "report", report });
      equal(heard, { ...digest(bytes), ended: "end" }, "what the peer heard");
      socket.close();
      await socket.closed;
    },
  },
  {
    name: "a reset breaks reading and writing with faults",
    needs: ["reset"],
    async run(subject) {
      const gate = unique("gate");
      const socket = await order(subject, { do: "reset-after", after: gate });
      const reading = faultOf(hear(socket), "closed");
      await ask(subject, { do: "open", gate });
      const message = await reading;
      check(message.startsWith(`Cannot read from ${socket.remote}: `), message);
      await socket.closed;
      equal(await hear(socket), "", "chunks after the fault");
      const failure = await faultOf(say(socket, "x"), "send-failed");
      check(failure.startsWith(`Cannot write to ${socket.remote}: `), failure);
      socket.close();
    },
  },
  {
    name: "a reset rejects a write that waits",
    needs: ["reset"],
    async run(subject) {
      const gate = unique("gate");
      const socket = await order(subject, { do: "reset-after", after: gate });
      const write = faultOf(socket.write(new Uint8Array(moreThanBuffersBytes)), "send-failed");
      await ask(subject, { do: "open", gate });
      await write;
      socket.close();
      await socket.closed;
    },
  },
  {
    name: "close ends the chunks of a reader who waits",
    async run(subject) {
      const socket = await order(subject, { do: "echo" });
      const reading = hear(socket);
      check(await waits(reading), "nothing has come, the reader must wait");
      socket.close();
      equal(await reading, "", "chunks");
      await socket.closed;
    },
  },
  {
    name: "close ends the chunks, even those that wait to be read",
    async run(subject) {
      const socket = await order(subject, { do: "echo" });
      await say(socket, "one");
      await take(socket, 3);
      await say(socket, "two");
      socket.close();
      equal(await hear(socket), "", "chunks");
    },
  },
  {
    name: "close can be called again",
    async run(subject) {
      const socket = await order(subject, { do: "echo" });
      check(await waits(socket.closed), "the connection is open");
      socket.close();
      socket.close();
      await socket.closed;
      socket.close();
    },
  },
  {
    name: "close of a connection that the peer has left",
    async run(subject) {
      const socket = await order(subject, { do: "reset" });
      await hear(socket).catch(() => "");
      socket.close();
      await socket.closed;
      socket.close();
    },
  },
  {
    name: "a write after close rejects",
    async run(subject) {
      const socket = await order(subject, { do: "echo" });
      socket.close();
      const message = await faultOf(say(socket, "x"), "send-failed");
      equal(message, `Cannot write to ${socket.remote}: connection closed`, "the message");
      await socket.closed;
      await faultOf(say(socket, "x"), "send-failed");
    },
  },
  {
    name: "close rejects a write that waits",
    async run(subject) {
      const gate = unique("gate");
      const socket = await order(subject, { do: "sink", bytes: 1, after: gate });
      const write = socket.write(new Uint8Array(moreThanBuffersBytes));
      const reading = hear(socket);
      check(await waits(write), "the write must wait for the peer");
      const failure = faultOf(write, "send-failed");
      socket.close();
      await failure;
      equal(await reading, "", "chunks");
      await socket.closed;
    },
  },
  {
    name: "close gives the connection back although a write waits",
    needs: ["close-while-writing"],
    async run(subject) {
      const gate = unique("gate");
      const report = unique("heard");
      const socket = await order(subject, { do: "hear", report, after: gate });
      const write = socket.write(new Uint8Array(moreThanBuffersBytes));
      check(await waits(write), "the write must wait for the peer");
      const failure = faultOf(write, "send-failed");
      socket.close();
      await failure;
      await ask(subject, { do: "open", gate });
      const heard = await ask<Heard>(subject, { do: "report", report });
      check(heard.bytes < moreThanBuffersBytes, "what had not been accepted must not arrive");
    },
  },
  {
    name: "what was accepted before close still arrives, and then the end",
    async run(subject) {
      const report = unique("heard");
      const bytes = pattern(2 << 20);
      const socket = await order(subject, { do: "hear", report });
      await socket.write(bytes);
      socket.close();
      const heard = await ask<Heard>(subject, { do: "report", report });
      equal(heard, { ...digest(bytes), ended: "end" }, "what the peer heard");
    },
  },
];
