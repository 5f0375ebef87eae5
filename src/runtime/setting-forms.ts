import { type AddressMap, parseAddressMap } from "../discovery/address-map.ts";
import type { Role } from "../gateway/access.ts";
import { parseAddress } from "../transport/address.ts";
import type { Address } from "../transport/socket.ts";

/** How the text of a setting is read. `parse` throws anything at all on a text of another form. */
export interface Form<T> {
  /** What is wanted, in words. */
  readonly wanted: string;
  parse(text: string): T;
}

function check(condition: boolean): void {
  if (!condition) throw new Error("malformed");
}

export const plainText: Form<string> = {
  wanted: "a text",
  parse(text) {
    check(text !== "");
    return text;
  },
};

export const onOff: Form<boolean> = {
  wanted: "true or false",
  parse(text) {
    check(text === "true" || text === "false");
    return text === "true";
  },
};

/** One of a few words. */
export function oneOf<const W extends string>(...words: readonly W[]): Form<W> {
  return {
    wanted: words.join(" or "),
    parse(text) {
      const word = words.find((each) => each === text);
      if (word === undefined) throw new Error("malformed");
      return word;
    },
  };
}

/** A whole number within bounds. */
export function whole(unit: string, minimum: number, maximum = Number.MAX_SAFE_INTEGER): Form<number> {
  return {
    wanted: `a whole number of ${unit}, ${minimum} or more${maximum < Number.MAX_SAFE_INTEGER ? `, ${maximum} at most` : ""}`,
    parse(text) {
      check(/^[0-9]{1,15}$/.test(text) && Number(text) >= minimum && Number(text) <= maximum);
      return Number(text);
    },
  };
}

export const addressList: Form<readonly Address[]> = {
  wanted: "host:port;host:port, where host is a name, an IPv4 address or an [IPv6] address",
  parse(text) {
    const parts = text.split(";").filter((part) => part.trim() !== "");
    check(parts.length > 0);
    return parts.map((part) => parseAddress(part.trim()));
  },
};

export const addressMap: Form<AddressMap> = {
  wanted: "host:port=host:port,host:port=host:port, where * stands for any host, part of it or port, and keeps it",
  parse: parseAddressMap,
};

const ROLES: ReadonlySet<string> = new Set<Role>(["admin", "read"]);

export const tokenList: Form<ReadonlyMap<string, Role>> = {
  wanted: "token[:role],token[:role] with role admin (the default) or read; a token has no blank, comma or colon",
  parse(text) {
    const tokens = text.split(",").map((entry): [string, Role] => {
      const [token = "", role = "admin", ...rest] = entry.split(":");
      check(/^\S+$/.test(token) && ROLES.has(role) && rest.length === 0);
      return [token, role as Role];
    });
    return new Map(tokens);
  },
};
