import { type Generation, rowOf } from "./generations.ts";

/** Where the log lines of a Java process go, and which ones. */
export type Logging = "all-to-stdout" | "errors-to-stderr";

const settings = {
  "all-to-stdout": { level: "INFO", target: "System.out" },
  // What a command prints is its result, so the log must stay out of it.
  "errors-to-stderr": { level: "ERROR", target: "System.err" },
} as const satisfies Record<Logging, { level: string; target: string }>;

/** The logging files that a generation looks for in its home, by relative path. */
export function logbackFiles(generation: Generation, logging: Logging): Record<string, string> {
  const { level, target } = settings[logging];
  const text = `<configuration>
  <appender name="CONSOLE" class="ch.qos.logback.core.ConsoleAppender">
    <target>${target}</target>
    <encoder><pattern>%d %p %c - %m%n</pattern></encoder>
  </appender>
  <root level="${level}"><appender-ref ref="CONSOLE"/></root>
</configuration>
`;
  return Object.fromEntries(rowOf(generation).logbackFiles.map((name) => [`conf/${name}`, text]));
}
