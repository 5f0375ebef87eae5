import type { Address, ConnectOptions, Socket } from "../../src/transport/socket.ts";
import { check } from "./check.ts";
import type { Command } from "./scripts.ts";
import type { Subject } from "./subject.ts";

const encoder = new TextEncoder();

/** A name for a gate or a report that no other case uses. */
export function unique(what: string): string {
  return `${what} ${crypto.randomUUID()}`;
}

/** Connects to a scripted peer and gives it its command. */
export async function order(
  subject: Subject,
  command: Command,
  address?: Address,
  options?: ConnectOptions,
): Promise<Socket> {
  const socket = await subject.connect(address ?? subject.peers.tcp, options);
  await say(socket, `${JSON.stringify(command)}\n`);
  return socket;
}

export function say(socket: Socket, text: string): Promise<void> {
  return socket.write(encoder.encode(text));
}

/** The next so many bytes, or fewer at the end. */
export async function take(socket: Socket, bytes: number): Promise<Uint8Array> {
  const taken = new Uint8Array(bytes);
  let at = 0;
  const chunks = socket.chunks[Symbol.asyncIterator]();
  while (at < bytes) {
    const { value, done } = await chunks.next();
    if (done) break;
    check(at + value.length <= bytes, `more than ${bytes} bytes came`);
    taken.set(value, at);
    at += value.length;
  }
  return taken.subarray(0, at);
}

/** Everything until the end, as text. */
export async function hear(socket: Socket): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of socket.chunks) text += decoder.decode(chunk, { stream: true });
  return text;
}

/** The peer's JSON answer to a command on a connection of its own. */
export async function ask<T>(
  subject: Subject,
  command: Command,
  address?: Address,
  options?: ConnectOptions,
): Promise<T> {
  const socket = await order(subject, command, address, options);
  try {
    return JSON.parse(await hear(socket));
  } finally {
    socket.close();
  }
}
