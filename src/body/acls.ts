import { type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** PolicyEntryInfo: what is allowed or denied on one resource. */
const PolicyEntry = Type.Object(
  {
    resource: Type.String({ description: "Topic:name, Group:name or Cluster:name; a name may be * or end with it" }),
    actions: Type.Array(Type.String(), { description: "All, Pub, Sub, Create, Update, Delete, Get, List" }),
    sourceIps: Type.Optional(Type.Array(Type.String(), { description: "addresses that it applies to; none for all" })),
    decision: Type.String({ description: "Allow or Deny" }),
  },
  { additionalProperties: false },
);

/** PolicyInfo: entries of one kind. */
const Policy = Type.Object(
  {
    policyType: Type.Optional(
      Type.String({ description: "Custom, or Default, which counts when none of those applies" }),
    ),
    entries: Type.Array(PolicyEntry),
  },
  { additionalProperties: false },
);

/** AclInfo: what a subject may do. */
export const Acl = Type.Object(
  {
    subject: Type.Optional(Type.String({ description: "whom it is about: User:name" })),
    policies: Type.Array(Policy),
  },
  { additionalProperties: false, description: "Permissions of a subject (AclInfo), since 5.3" },
);
export type Acl = Static<typeof Acl>;

export const acl = jsonBody(Acl);

export const acls = jsonBody(Type.Array(Acl));
