/** Field values as they travel: texts by name. */
export type ExtFields = Readonly<Record<string, string>>;

/** One request or response of the remoting protocol (RemotingCommand), decoded but not interpreted. */
export interface RemotingCommand {
  /** Request code, or the response code of an answer. 0 is SUCCESS. */
  readonly code: number;
  /** LanguageCode of the sender. A byte of a ROCKETMQ header without a name stands as its decimal. */
  readonly language: string;
  /** MQVersion ordinal of the sender. */
  readonly version: number;
  /** Pairs a response with its request; unique among the requests under way on one connection. Signed 32-bit. */
  readonly opaque: number;
  /** Bit 0 marks a response, bit 1 a one-way request. */
  readonly flag: number;
  readonly remark: string | null;
  readonly extFields: ExtFields | null;
  /** Null when there are no bytes: the wire can't tell an empty body from none. */
  readonly body: Uint8Array | null;
}

const RESPONSE = 1;
const ONE_WAY = 2;

/** Whether a command answers a request. */
export function isResponse(command: RemotingCommand): boolean {
  return (command.flag & RESPONSE) !== 0;
}

/** Whether nobody waits for an answer. */
export function isOneway(command: RemotingCommand): boolean {
  return (command.flag & ONE_WAY) !== 0;
}

/** The flag of a request. */
export function requestFlag(oneway: boolean): number {
  return oneway ? ONE_WAY : 0;
}

/** The answer to a request: same opaque, response bit set. */
export function responseTo(
  request: RemotingCommand,
  sender: { readonly language: string; readonly version: number },
  answer: Partial<Pick<RemotingCommand, "code" | "remark" | "extFields" | "body">>,
): RemotingCommand {
  const { code = 0, remark = null, extFields = null, body = null } = answer;
  return { ...sender, code, opaque: request.opaque, flag: RESPONSE, remark, extFields, body };
}
