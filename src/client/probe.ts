import type { Server } from "../commands/command.ts";
import { getKvConfig } from "../commands/get-kv-config.ts";
import type { RequestCommand } from "../session/session.ts";
import { encodeCall } from "./encode.ts";

const probes: { readonly [S in Server]?: RequestCommand } = {
  // A key that no one sets: every name server answers it with a header and no body, however large its cluster.
  "name-server": encodeCall(getKvConfig, { namespace: "", key: "" }, undefined),
};

/** A harmless request by which a kind of server tells its version, whatever that is; undefined where there is none. */
export function probeFor(kind: Server): RequestCommand | undefined {
  return probes[kind];
}
