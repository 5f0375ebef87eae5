/**
 * To be preloaded by `bun test` (bunfig.toml): what a preloaded module registers outside a test file runs once, after
 * the last of all files. A run that is killed does without; the servers' guards see to that.
 * @module
 */
import { afterAll } from "bun:test";
import { stopShared } from "./shared.ts";

afterAll(stopShared);
