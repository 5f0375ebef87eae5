/** Words in the name of a property that names a file, a folder, a program or a class. */
const words: ReadonlySet<string> = new Set(
  "class classes command credentials dir directory folder home path paths plug plugin provider script strategy whitelist".split(
    " ",
  ),
);

/** As the last word only: a mappedFileSize names none. */
const lastWords: ReadonlySet<string> = new Set(["file", "files"]);

/**
 * Names that tell nothing by their words, in lower case: the lists that protect the others; filterServerNums, by which
 * a 3.x broker runs a shell command, and namesrvAddr, which is part of that command (CVE-2023-33246); whom a server
 * takes its data and its orders from; who may call it; and where its messages and figures go.
 */
const names: ReadonlySet<string> = new Set([
  ...["configblacklist", "configstorepath", "configstorepathname", "configname", "kvconfigpath", "rocketmqhome"],
  ...["filterservernums", "namesrvaddr", "fetchnamesrvaddrbyaddressserver", "fetchnamesrvaddrbydnslookup"],
  ...["controlleraddr", "fetchcontrolleraddrbydnslookup", "hamasteraddress", "dlegerpeers", "socksproxyconfig"],
  ...["aclenable", "authenticationenabled", "authorizationenabled", "initauthenticationuser", "usetls"],
  ...["migrateauthfromv1enabled", "objectstoreendpoint", "objectstoreaccesskey", "objectstoresecretkey"],
  ...["objectstorebucket", "metricsgrpcexportertarget", "metricsgrpcexporterheader"],
]);

/** Switches and numbers of brokers in whose names such a word stands by chance, in lower case. */
const harmless: ReadonlySet<string> = new Set([
  ...["coldctrstrategyenable", "usepidcoldctrstrategy", "syncfromlastfile", "flushleastpageswhenwarmmapedfile"],
  ...["combinecqmaxextrasearchcommitlogfiles", "maxrecoverycommitlogfiles"],
]);

/** Whether a property decides what a server writes, loads or runs, or whom it trusts. */
export function isDangerous(name: string): boolean {
  const lower = name.toLowerCase();
  if (names.has(lower)) return true;
  if (harmless.has(lower)) return false;
  const parts = (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g) ?? []).map((word) => word.toLowerCase());
  return parts.some((word) => words.has(word)) || lastWords.has(parts.at(-1) ?? "");
}
