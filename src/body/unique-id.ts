import { toHex } from "../bytes/hex.ts";
import { setInt32 } from "../bytes/int32.ts";

/*
 * What Java's producers give a message as UNIQ_KEY (MessageClientIDSetter.createUniqID), in upper-case hex:
 *
 *   IP address 4 | process id 2 | hash of the class loader 4 | milliseconds since the month began 4 | counter 2
 *
 * No runtime need tell the first three; random bytes serve the same end.
 */
const MAKER_BYTES = 10;
const ID_BYTES = 16;
const COUNTER_AT = 14;
const COUNTER_VALUES = 65_536;

/** Makes ids that no other maker makes: 80 bits of it are random. */
export function uniqueIds(now: () => number = Date.now): () => string {
  const bytes = new Uint8Array(ID_BYTES);
  let isNew = true;
  let counter = 0;
  return () => {
    // Not before the first call: workerd has no randomness while modules are loaded.
    if (isNew) crypto.getRandomValues(bytes.subarray(0, MAKER_BYTES));
    isNew = false;
    const time = now();
    setInt32(bytes, MAKER_BYTES, time - monthOf(time));
    bytes[COUNTER_AT] = counter >> 8;
    bytes[COUNTER_AT + 1] = counter;
    counter = (counter + 1) % COUNTER_VALUES;
    return toHex(bytes).toUpperCase();
  };
}

/** When the month began in local time: mqadmin finds a message by the time that it reads from the id so. */
function monthOf(time: number): number {
  const date = new Date(time);
  return new Date(date.getFullYear(), date.getMonth(), 1).getTime();
}

/** An id for a message. */
export const uniqueId: () => string = uniqueIds();
