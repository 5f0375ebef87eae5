/** How to run one release of Apache RocketMQ. `{folder}` in a text stands for the server's own folder. */
interface Row {
  /** Maven group of the artifacts. */
  readonly group: string;
  readonly artifacts: readonly string[];
  /** `group:artifact` of transitive dependencies that nothing here needs. */
  readonly excluded: readonly string[];
  /** Java package of its classes. */
  readonly package: string;
  /** What its JVM needs besides memory limits. */
  readonly jvmFlags: readonly string[];
  /** Files of `{folder}/conf` in which it looks for its logging. */
  readonly logbackFiles: readonly string[];
  readonly nameServerProperties: Readonly<Record<string, string | number | boolean>>;
  readonly brokerProperties: Readonly<Record<string, string | number | boolean>>;
  /** What a broker logs once it has registered at a `{nameServer}`. */
  readonly registeredLog: string;
  /** Whether a broker registers at once when its permission is set (UPDATE_BROKER_CONFIG, 25). */
  readonly registersWhenAsked: boolean;
  /** What a broker says its version is. */
  readonly reportedVersion: string;
}

const commitLogFileBytes = 16 * 1024 * 1024;

/**
 * The generations of Apache RocketMQ that the gateway is tested with: 3.2.6 (the one that the list of request codes
 * belongs to), the last of the 4.x line and 5.x. Every difference in running them is a field here.
 */
export const generations = {
  "3.2.6": {
    group: "com.alibaba.rocketmq",
    artifacts: ["rocketmq-namesrv", "rocketmq-broker", "rocketmq-tools", "rocketmq-filtersrv"],
    // For the one command of the tools that publishes documents on GitHub.
    excluded: ["org.kohsuke:github-api"],
    package: "com.alibaba.rocketmq",
    // It was written for Java 6 and reaches into classes that Java 17 keeps closed.
    jvmFlags: [
      "--add-opens=java.base/java.nio=ALL-UNNAMED",
      "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
      "--add-opens=java.base/java.lang=ALL-UNNAMED",
      "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
      "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
    ],
    logbackFiles: ["logback_namesrv.xml", "logback_broker.xml", "logback_tools.xml", "logback_filtersrv.xml"],
    nameServerProperties: { rocketmqHome: "{folder}" },
    brokerProperties: { rocketmqHome: "{folder}", mapedFileSizeCommitLog: commitLogFileBytes },
    registeredLog: "register broker to name server {nameServer} OK",
    registersWhenAsked: false,
    reportedVersion: "V3_2_6_SNAPSHOT",
  },
  "4.9.7": {
    group: "org.apache.rocketmq",
    artifacts: ["rocketmq-namesrv", "rocketmq-broker", "rocketmq-tools"],
    excluded: [],
    package: "org.apache.rocketmq",
    // Without it DELETE_TOPIC_IN_BROKER (215) fails when it frees the topic's mapped files.
    jvmFlags: ["--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED"],
    logbackFiles: ["logback_namesrv.xml", "logback_broker.xml", "logback_tools.xml"],
    nameServerProperties: {},
    brokerProperties: { mappedFileSizeCommitLog: commitLogFileBytes, enablePropertyFilter: true },
    registeredLog: "to name server {nameServer} OK",
    registersWhenAsked: true,
    reportedVersion: "V4_9_7",
  },
  "5.5.0": {
    group: "org.apache.rocketmq",
    artifacts: ["rocketmq-namesrv", "rocketmq-broker", "rocketmq-tools"],
    excluded: [],
    package: "org.apache.rocketmq",
    jvmFlags: ["-Drmq.logback.configurationFile={folder}/conf/logback.xml"],
    logbackFiles: ["logback.xml"],
    nameServerProperties: { bindAddress: "127.0.0.1" },
    brokerProperties: {
      bindAddress: "127.0.0.1",
      mappedFileSizeCommitLog: commitLogFileBytes,
      enablePropertyFilter: true,
    },
    registeredLog: "Registering current broker to name server completed. TargetHost={nameServer}\n",
    registersWhenAsked: true,
    reportedVersion: "V5_5_0",
  },
} as const satisfies Record<string, Row>;

/** The version of a generation, such as `5.5.0`. */
export type Generation = keyof typeof generations;

/** Every generation, oldest first. */
export const generationNames = Object.keys(generations) as readonly Generation[];

/** The row of a generation. */
export function rowOf(generation: Generation): Row {
  return generations[generation];
}

/** Whether a text, such as a command-line argument, names a generation. */
export function isGeneration(text: string): text is Generation {
  return Object.hasOwn(generations, text);
}
