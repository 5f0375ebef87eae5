/** Response codes that a name server answers with beside those of every server. */
export const NO_PERMISSION = 16;
export const TOPIC_NOT_EXIST = 17;
export const QUERY_NOT_FOUND = 22;
