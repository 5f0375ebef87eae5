import { describe, expect, test } from "bun:test";
import { Fault } from "../../src/errors.ts";
import { ConfigChange, safeChange } from "../../src/http/config-change.ts";
import { isDangerous } from "../../src/http/dangerous-properties.ts";
import { violationsOf } from "../../src/http/validate.ts";

/** What a name server of 4.9.7 and 5.5.0 has, but for the four that must not be changed. */
const harmless = `bindAddress clientRequestThreadPoolNums clientRequestThreadPoolQueueCapacity clusterTest
  defaultThreadPoolNums defaultThreadPoolQueueCapacity deleteTopicWithBrokerRegistration enableAllTopicList
  enableControllerInNamesrv enableShutdownGracefully enableTopicList listenPort needWaitForService
  notifyMinBrokerIdChanged orderMessageEnable productEnvName returnOrderTopicConfigToBroker
  scanNotActiveBrokerInterval serverAsyncSemaphoreValue serverCallbackExecutorThreads serverChannelMaxIdleTimeSeconds
  serverNettyWorkerGroupEnable serverOnewaySemaphoreValue serverPooledByteBufAllocatorEnable serverSelectorThreads
  serverSocketBacklog serverSocketRcvBufSize serverSocketSndBufSize serverWorkerThreads shutdownWaitTimeSeconds
  supportActingMaster unRegisterBrokerQueueCapacity useEpollNativeSelector waitSecondsForService
  writeBufferHighWaterMark writeBufferLowWaterMark`.split(/\s+/);

const dangerous = [
  ...["kvConfigPath", "configStorePath", "configStorePathName", "rocketmqHome", "configBlackList"],
  ...["KVCONFIGPATH", "kvconfigpath", "ConfigStorePath", "rocketmqhome", "ROCKETMQ_HOME", "configblacklist"],
  ...["controllerStorePath", "storePathRootDir", "logFile", "tlsConfigFile", "some.class", "classPath", "startScript"],
  ...["filterServerNums", "FILTERSERVERNUMS", "namesrvAddr", "brokerConfigPath", "haMasterAddress", "controllerAddr"],
  ...["fetchNamesrvAddrByAddressServer", "storePathCommitLog", "readOnlyCommitLogStorePaths", "aclEnable"],
  ...["authenticationEnabled", "authorizationWhitelist", "initAuthenticationUser", "socksProxyConfig", "useTLS"],
  ...["innerClientAuthenticationCredentials", "metricsGrpcExporterTarget", "storePathEpochFile"],
  ...["startCommand", "messageStorePlugIn", "authenticationProvider", "authorizationStrategy", "dumpDirectory"],
];

function refusal(change: ConfigChange): Fault | undefined {
  try {
    safeChange(change);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  return undefined;
}

describe("a property", () => {
  test.each(harmless)("%s may be changed", (name) => expect(isDangerous(name)).toBe(false));

  test.each([
    ...["mappedFileSizeConsumeQueue", "fileReservedTime", "autoCreateSubscriptionGroup", "dispatchCqThreads"],
    ...["coldCtrStrategyEnable", "syncFromLastFile", "fetchNamesrvAddrInterval", "statefulAuthenticationCacheMaxNum"],
    ...["brokerPermission", "deleteWhen", "flushDiskType", "maxMessageSize", "brokerRole"],
  ])("%s, whose name holds such a word by chance, may be changed", (name) => expect(isDangerous(name)).toBe(false));

  test.each(dangerous)("%s must not be changed", (name) => {
    expect(isDangerous(name)).toBe(true);
    expect(refusal({ productEnvName: "x", [name]: "x" })?.fault).toBe("forbidden");
  });
});

describe("a change", () => {
  test("goes out as texts", () => {
    const change = {
      orderMessageEnable: true,
      serverWorkerThreads: 8,
      waitSecondsForService: 2n ** 60n,
      productEnvName: "",
    };
    expect(safeChange(change)).toEqual({
      orderMessageEnable: "true",
      serverWorkerThreads: "8",
      waitSecondsForService: "1152921504606846976",
      productEnvName: "",
    });
  });

  test("is refused with every dangerous property that it names", () => {
    const change = { kvConfigPath: "/x", productEnvName: "y", rocketmqHome: "/z" };
    const detail = "must not be changed over the network";
    expect(refusal(change)).toMatchObject({
      fault: "forbidden",
      message: expect.stringContaining("Cannot change kvConfigPath, rocketmqHome: "),
      options: { violations: ["/kvConfigPath", "/rocketmqHome"].map((pointer) => ({ pointer, detail })) },
    });
  });

  test("is refused in a reply that doesn't grow with it", () => {
    const names = Array.from({ length: 5_000 }, (_, index) => [`path${index}`, "x"]);
    expect(refusal(Object.fromEntries(names))?.options.violations).toHaveLength(50);
  });

  test.each(["center", "", "a b", "é 值 😀", "a=b", "#a", "!a", "a:b", "\u0085\u2028"])(
    "may have the value %j",
    (value) => expect(violationsOf(ConfigChange, { productEnvName: value })).toEqual([]),
  );

  test.each(["a\nkvConfigPath=/x", "a\r", "\u0000", "\t", "a\u007f", "a\\nkvConfigPath=/x", "a\\", "\\u000a"])(
    "can't have the value %j, which could become a property of its own",
    (value) => {
      expect(violationsOf(ConfigChange, { productEnvName: value })).toMatchObject([{ pointer: "/productEnvName" }]);
    },
  );

  const malformed = [
    {},
    { "": "x" },
    { "a b": "x" },
    { "a=b": "x" },
    { "a\nb": "x" },
    { ["a".repeat(256)]: "x" },
    { a: null },
    { a: 1.5 },
    { a: {} },
    [],
  ];
  test.each(malformed.map((change) => [change]))("can't be %j", (change) =>
    expect(violationsOf(ConfigChange, change)).not.toEqual([]),
  );
});
