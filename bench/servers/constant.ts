/** A server that does as little as Bun lets it, to see what the loader can do. */
import { serve } from "./serve.ts";

serve(() => new Response("hello\n"));
