import { Fault } from "../errors.ts";

/** A header field that the server can't do without. Throws `invalid-argument` when it is absent, malformed or empty. */
export function required<H extends object, N extends keyof H & string>(header: H, name: N): NonNullable<H[N]> {
  const value = header[name];
  if (value === undefined || value === null || value === "") {
    throw new Fault("invalid-argument", `Cannot read header: ${name} is missing or malformed`);
  }
  return value as NonNullable<H[N]>;
}
