/** What to do at a broker that hands out no messages for a time. */
export const withoutLeases =
  "Elsewhere a group reads GET /topics/{topic}/queues/{broker}/{queue}/messages and keeps where it is by " +
  "PUT /groups/{group}/offsets/{topic}/{broker}/{queue}: docs/polling.md.";
