import { type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

const text = (description: string) => Type.Optional(Type.String({ description }));

/** UserInfo: a user that signs requests. In a change, what is left out stays. */
export const User = Type.Object(
  {
    username: text("name, which is the AccessKey of a signature"),
    password: text("password in clear text, which is the key of a signature; brokers tell it too"),
    userType: text("Super, who may do everything, or Normal"),
    userStatus: text("enable or disable"),
  },
  { additionalProperties: false, description: "A user of a broker (UserInfo), since 5.3" },
);
export type User = Static<typeof User>;

export const user = jsonBody(User);

export const users = jsonBody(Type.Array(User));
