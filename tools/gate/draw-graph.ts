/** Rewrites the graph in docs/architecture.md from the imports as they are: `bun tools/gate/draw-graph.ts`. */
import { withGraph } from "./draw.ts";
import { readHouse } from "./graph.ts";

const page = Bun.file(new URL("../../docs/architecture.md", import.meta.url));
await Bun.write(page, withGraph(await page.text(), await readHouse()));
