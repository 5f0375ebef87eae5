import { cachedFolder, stampOf } from "./cache.ts";
import { type Generation, rowOf } from "./generations.ts";
import { runOrThrow } from "./run.ts";

/** How long Maven may take to fetch one generation (8 to 94 MB). */
export const fetchTimeoutMillis = 600_000;

/**
 * The folder with all the jars of a generation, fetched with Maven on first use and kept in `.cache/rocketmq`. A
 * changed list of artifacts is another folder. Rejects when Maven fails, with what it printed.
 */
export function jarsOf(generation: Generation): Promise<string> {
  const pom = pomOf(generation);
  return cachedFolder(`${generation}/lib-${stampOf(pom)}`, async (folder) => {
    const pomFile = `${folder}/pom.xml`;
    await Bun.write(pomFile, pom);
    await runOrThrow(
      `fetch Apache RocketMQ ${generation}`,
      ["mvn", "-q", "-B", "-f", pomFile, "dependency:copy-dependencies", `-DoutputDirectory=${folder}`],
      { timeoutMillis: fetchTimeoutMillis },
    );
  });
}

/** The Maven project that has the artifacts of a generation as its dependencies. */
export function pomOf(generation: Generation): string {
  const { group, artifacts, excluded } = rowOf(generation);
  const exclusions = excluded.map((name) => {
    const [groupId, artifactId] = name.split(":");
    return element("exclusion", element("groupId", groupId), element("artifactId", artifactId));
  });
  const dependencies = artifacts.map((artifact) =>
    element("dependency", ...coordinates(group, artifact, generation), element("exclusions", ...exclusions)),
  );
  // Pinned, because Maven otherwise takes whatever version of its plugin it knows.
  const plugin = element("plugin", ...coordinates("org.apache.maven.plugins", "maven-dependency-plugin", "3.8.1"));
  return element(
    "project",
    element("modelVersion", "4.0.0"),
    ...coordinates("rig", "rig", "1"),
    element("packaging", "pom"),
    element("dependencies", ...dependencies),
    element("build", element("plugins", plugin)),
  );
}

function coordinates(group: string, artifact: string, version: string): string[] {
  return [element("groupId", group), element("artifactId", artifact), element("version", version)];
}

function element(name: string, ...content: readonly (string | undefined)[]): string {
  return `<${name}>${content.join("")}</${name}>`;
}
