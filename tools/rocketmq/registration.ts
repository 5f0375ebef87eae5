import { type Generation, rowOf } from "./generations.ts";

/** Longer than the 30 s from one registration of a broker to its next. */
export const registerTimeoutMillis = 45_000;
const pollMillis = 20;
const askAgainMillis = 500;
const askTimeoutSeconds = 2;
const allPermissions = 6;

export interface Registrant {
  readonly generation: Generation;
  readonly port: number;
  readonly nameServers: readonly string[];
  /** Its property `brokerPermission`. */
  readonly permission?: string | number | boolean;
}

/**
 * Resolves when the log says that a broker has registered at all of its name servers. A 5.x broker leaves out its
 * first registration when its client has not yet looked which name servers answer, and comes back to it only ten
 * seconds later; so it is asked to.
 */
export async function untilRegistered(broker: Registrant, log: () => string): Promise<void> {
  const { registeredLog, registersWhenAsked } = rowOf(broker.generation);
  const missing = () =>
    broker.nameServers.filter((name) => !log().includes(registeredLog.replace("{nameServer}", name)));
  const deadline = Date.now() + registerTimeoutMillis;
  let nextAsk = registersWhenAsked ? 0 : deadline;
  while (missing().length > 0) {
    if (Date.now() > deadline) {
      const where = missing().join(", ");
      throw new Error(`Cannot register a broker ${broker.generation} at ${where}: ${registerTimeoutMillis} ms passed`);
    }
    if (Date.now() > nextAsk) {
      nextAsk = Date.now() + askAgainMillis;
      await askToRegister(broker);
    }
    await Bun.sleep(pollMillis);
  }
}

/**
 * Sends UPDATE_BROKER_CONFIG (25) with the permission that the broker has already, which makes it register with a new
 * data version. Resolves when it has replied or hung up. One that wants TLS or a signature takes no notice and
 * registers in its own time.
 */
async function askToRegister({ port, permission = allPermissions }: Registrant): Promise<void> {
  const frame = requestFrame(25, `brokerPermission=${permission}\n`);
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = { data: () => resolve(), close: () => resolve(), error: () => resolve(), timeout: () => resolve() };
  const connection = await Bun.connect({ hostname: "127.0.0.1", port, socket }).catch(() => undefined);
  if (connection === undefined) return;
  connection.timeout(askTimeoutSeconds);
  connection.write(frame);
  await promise;
  connection.terminate();
}

/** `int32 length | int32 header length | JSON header | body` */
function requestFrame(code: number, body: string): Uint8Array {
  const fields = { code, language: "JAVA", version: 0, opaque: 0, flag: 0, extFields: {} };
  const header = Buffer.from(JSON.stringify(fields));
  const lengths = Buffer.alloc(8);
  lengths.writeInt32BE(4 + header.length + Buffer.byteLength(body), 0);
  lengths.writeInt32BE(header.length, 4);
  return Buffer.concat([lengths, header, Buffer.from(body)]);
}
