import { addWritePermOfBroker } from "../../commands/add-write-perm-of-broker.ts";
import { getNamesrvConfig } from "../../commands/get-namesrv-config.ts";
import { updateNamesrvConfig } from "../../commands/update-namesrv-config.ts";
import { wipeWritePermOfBroker } from "../../commands/wipe-write-perm-of-broker.ts";
import { NO_PERMISSION } from "../codes.ts";
import { READ_AND_WRITE, withoutWrite } from "../permission.ts";
import { type Served, serve } from "../serve.ts";

/** What operators change: write permissions, 205 and 327, and properties, 318 and 319. */
export const operatorHandlers: readonly Served[] = [
  serve(wipeWritePermOfBroker, ({ topics }, { header: { brokerName = "" } }) => ({
    header: { wipeTopicCount: topics.changePermission(brokerName, withoutWrite) },
  })),

  serve(addWritePermOfBroker, ({ topics }, { header: { brokerName = "" } }) => ({
    header: { addTopicCount: topics.changePermission(brokerName, () => READ_AND_WRITE) },
  })),

  serve(updateNamesrvConfig, ({ settings }, { body }) =>
    settings.update(body ?? {}) ? undefined : { code: NO_PERMISSION, remark: "Can not update config in black list." },
  ),

  serve(getNamesrvConfig, ({ settings }) => ({ body: settings.all })),
];
