import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { generationNames, generations, isGeneration } from "../../tools/rocketmq/generations.ts";
import { fetchTimeoutMillis, jarsOf, pomOf } from "../../tools/rocketmq/jars.ts";
import { runJava } from "../../tools/rocketmq/java.ts";
import { mqadmin } from "../../tools/rocketmq/mqadmin.ts";
import { startTimeoutMillis } from "../../tools/rocketmq/server.ts";
import { startBroker, startNameServer } from "../../tools/rocketmq/servers.ts";
import { sharedNameServer } from "../../tools/rocketmq/shared.ts";

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;
// The oldest one starts fastest, for what does not depend on the generation.
const quickest = "3.2.6";

describe.skipIf(!rig.available)(`the real Apache RocketMQ${skipped}`, () => {
  beforeAll(() => Promise.all(generationNames.map(jarsOf)), fetchTimeoutMillis);

  test.concurrent.each([...generationNames])(
    "%s: a broker registers at a name server, and both leave nothing behind",
    async (generation) => {
      const nameServer = await startNameServer(generation);
      const nameServers = [nameServer.address];
      const names = { brokerName: "rig-broker", clusterName: "rig-cluster" };
      const broker = await startBroker(generation, { nameServers, ...names });

      const { stdout, exitCode } = await mqadmin(generation, ["clusterList"], { nameServers });
      expect(exitCode).toBe(0);
      const row = ["rig-cluster", "rig-broker", "0", broker.address];
      expect(stdout.split("\n").map((line) => line.split(/\s+/).slice(0, row.length))).toContainEqual(row);

      expect([isAlive(nameServer.pid), isAlive(broker.pid)]).toEqual([true, true]);
      await Promise.all([nameServer.stop(), broker.stop()]);
      expect([isAlive(nameServer.pid), isAlive(broker.pid)]).toEqual([false, false]);
      expect([existsSync(nameServer.folder), existsSync(broker.folder)]).toEqual([false, false]);
      expect([await accepts(nameServer.port), await accepts(broker.port)]).toEqual([false, false]);
      await nameServer.stop();
    },
    2 * startTimeoutMillis,
  );

  test.concurrent(
    "a server that was killed is restarted on its port and folder",
    async () => {
      await using server = await startNameServer(quickest);
      const { pid, address, folder } = server;
      await server.kill9();
      expect([isAlive(pid), await accepts(server.port), existsSync(folder)]).toEqual([false, false, true]);
      const logBefore = server.log();
      await server.restart();
      expect(server.log().slice(0, logBefore.length)).toBe(logBefore);
      expect([server.address, server.folder]).toEqual([address, folder]);
      expect(server.pid).not.toBe(pid);
      expect(await accepts(server.port)).toBe(true);
    },
    startTimeoutMillis,
  );

  test.concurrent(
    "a server that is asked to shut down does so in order",
    async () => {
      await using server = await startNameServer(quickest);
      await server.terminate();
      expect(isAlive(server.pid)).toBe(false);
      expect(server.log()).toContain("shutdown hook over");
    },
    startTimeoutMillis,
  );

  test.concurrent(
    "a suspended server accepts connections but does not run, until it is resumed",
    async () => {
      await using server = await startNameServer(quickest);
      server.suspend();
      await until(() => stateOf(server.pid) === "T");
      expect(await accepts(server.port)).toBe(true);
      server.resume();
      await until(() => stateOf(server.pid) !== "T");
    },
    startTimeoutMillis,
  );

  test.concurrent(
    "a server that cannot start is an error that quotes its log, and leaves nothing",
    async () => {
      const squatter = createServer().listen(0);
      await new Promise((resolve) => squatter.once("listening", resolve));
      const address = squatter.address();
      const port = typeof address === "object" ? address?.port : undefined;
      const failed = await startNameServer(quickest, { port }).catch(String);
      squatter.close();
      expect(failed).toContain(`Cannot start a name server ${quickest}: it ended before it was ready`);
      expect(failed).toContain("Address already in use");
      const folder = /(\/\S+)\/server\.properties/.exec(String(failed))?.[1] ?? "";
      expect([folder === "", existsSync(folder)]).toEqual([false, false]);
    },
    startTimeoutMillis,
  );

  test.concurrent(
    "a process that is killed takes its servers and their folders with it",
    async () => {
      const program = `
        import { startNameServer } from "./tools/rocketmq/servers.ts";
        const { pid, folder } = await startNameServer("${quickest}");
        console.log(JSON.stringify({ pid, folder }));
        await new Promise(() => setInterval(() => {}, 1000));`;
      const cwd = join(import.meta.dir, "../..");
      const owner = Bun.spawn([process.execPath, "-e", program], { cwd, stdout: "pipe", stderr: "inherit" });
      const line = await owner.stdout.getReader().read();
      const { pid, folder } = JSON.parse(new TextDecoder().decode(line.value));
      expect([isAlive(pid), existsSync(folder)]).toEqual([true, true]);
      owner.kill("SIGKILL");
      await until(() => !isAlive(pid) && !existsSync(folder));
    },
    startTimeoutMillis,
  );

  test.concurrent(
    "the shared name server is the same one for everybody",
    async () => {
      const [one, other] = await Promise.all([sharedNameServer(quickest), sharedNameServer(quickest)]);
      expect(other).toBe(one);
      expect(await accepts(one.port)).toBe(true);
    },
    startTimeoutMillis,
  );

  describe("a small Java program", () => {
    let folder = "";
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "rig-test-"));
    });
    afterAll(() => rm(folder, { recursive: true }));

    const source = `
      import org.apache.rocketmq.common.MQVersion;
      public final class Probe {
        public static void main(String[] args) throws Exception {
          for (var field : MQVersion.class.getFields()) {
            if (!field.getName().replace("_", "").equalsIgnoreCase("currentversion")) continue;
            System.out.print(MQVersion.getVersionDesc(field.getInt(null)) + " " + String.join(",", args) + " ");
          }
          System.in.transferTo(System.out);
          System.exit(Integer.getInteger("code"));
        }
      }`;

    test.concurrent.each([...generationNames])(
      "sees the classes of %s, whatever their package",
      async (generation) => {
        const file = join(folder, generation, "Probe.java");
        await Bun.write(file, source);
        const options = { stdin: "Köln", systemProperties: { code: "3" } };
        expect(await runJava(generation, file, ["a", "b"], options)).toEqual({
          stdout: `${generations[generation].reportedVersion} a,b Köln`,
          stderr: "",
          exitCode: 3,
        });
      },
      startTimeoutMillis,
    );

    test(
      "that does not compile is an error that quotes the compiler",
      async () => {
        const file = join(folder, "Broken.java");
        await Bun.write(file, "class Broken { int x = nothing; }");
        const failed = await runJava(quickest, file).catch(String);
        expect(failed).toContain(`Cannot compile Broken.java for ${quickest}: javac ended with 1`);
        expect(failed).toContain("cannot find symbol");
      },
      startTimeoutMillis,
    );
  });
});

describe("what needs no server", () => {
  test("a machine without Java has no real RocketMQ, and says so", () => {
    expect(realRocketmq({ PATH: "/nowhere" })).toEqual({ available: false, reason: "no sh on the PATH" });
  });

  test("under CI nothing is skipped", () => {
    expect(() => realRocketmq({ PATH: "/nowhere", CI: "true" })).toThrow(
      "Cannot run Apache RocketMQ: no sh on the PATH",
    );
  });

  test("only the versions of the table are generations", () => {
    expect(generationNames.every(isGeneration)).toBe(true);
    expect(["", "3.2.7", "toString", "__proto__"].some(isGeneration)).toBe(false);
  });

  test.each([...generationNames])("%s: its Maven project names every artifact and exclusion", (generation) => {
    const pom = pomOf(generation);
    const { artifacts, excluded } = generations[generation];
    const ids = [...pom.matchAll(/<artifactId>([^<]*)</g)].map((match) => match[1]);
    for (const id of [...artifacts, ...excluded.map((name: string) => name.split(":")[1])]) expect(ids).toContain(id);
    expect(pom.split(`<version>${generation}</version>`).length - 1).toBe(artifacts.length);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** `T` when stopped. */
function stateOf(pid: number): string {
  return Bun.spawnSync(["ps", "-o", "state=", "-p", String(pid)])
    .stdout.toString()
    .slice(0, 1);
}

async function accepts(port: number): Promise<boolean> {
  try {
    const socket = await Bun.connect({ hostname: "127.0.0.1", port, socket: { data() {} } });
    socket.terminate();
    return true;
  } catch {
    return false;
  }
}

/** Resolves when the condition holds; the test's time limit bounds it. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await Bun.sleep(10);
}
