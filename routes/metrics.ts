import { answer, get } from "../src/http/route.ts";
import { METRICS_TYPE } from "../src/metrics.ts";

const encoder = new TextEncoder();

export const metrics = [
  get("/metrics", {
    summary: "What the gateway counts, for Prometheus",
    answers: { 200: answer("the metrics, in the text format 0.0.4 of Prometheus") },
    media: "text/plain",
    handle: (_request, { metricsText }) => ({
      status: 200,
      content: encoder.encode(metricsText()),
      headers: { "content-type": METRICS_TYPE },
    }),
  }),
];
