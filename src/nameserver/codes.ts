/** The response codes that a name server answers with (ResponseCode, RemotingSysResponseCode). */
export const SUCCESS = 0;
export const SYSTEM_ERROR = 1;
export const REQUEST_CODE_NOT_SUPPORTED = 3;
export const NO_PERMISSION = 16;
export const TOPIC_NOT_EXIST = 17;
export const QUERY_NOT_FOUND = 22;
