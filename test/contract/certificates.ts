import { readFileSync } from "node:fs";
import type { Certificates } from "./subject.ts";

/** The text of a file of test/support/tls. */
export const pem = (file: string) => readFileSync(new URL(`../support/tls/${file}`, import.meta.url), "utf8");

/** The client side's certificates. */
export const certificates: Required<Certificates> = {
  ca: pem("ca.pem"),
  cert: pem("client.pem"),
  key: pem("client.key"),
};
