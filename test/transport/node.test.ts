import { bundle } from "../contract/bundle.ts";
import { startProcess } from "../contract/process.ts";
import { pathOf, register } from "../contract/register.ts";
import { transport } from "../contract/transport.ts";
import { findRuntime } from "../runtimes/find.ts";

const program = findRuntime("node");

register("Node", transport, {
  program,
  async start(cases) {
    const { file, remove } = await bundle("node.ts", "node");
    const runner = await startProcess([pathOf(program), file], cases);
    return {
      ...runner,
      async stop() {
        runner.stop();
        await remove();
      },
    };
  },
});
