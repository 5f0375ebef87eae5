/**
 * LanguageCode of 5.5.0: the position is the byte in a ROCKETMQ header. 3.2.6 knows the first nine and closes the
 * connection on any other name; 4.9.7 knows those up to RUST.
 */
export const languages = [
  "JAVA",
  "CPP",
  "DOTNET",
  "PYTHON",
  "DELPHI",
  "ERLANG",
  "RUBY",
  "OTHER",
  "HTTP",
  "GO",
  "PHP",
  "OMS",
  "RUST",
  "NODE_JS",
] as const;

/** The name of a language byte; a byte without a name stands as its decimal, so that nothing is lost. */
export function languageName(byte: number): string {
  return languages[byte] ?? String(byte);
}

/** The byte of a language name or of a decimal, undefined when it has none. */
export function languageByte(name: string): number | undefined {
  const index = (languages as readonly string[]).indexOf(name);
  if (index >= 0) return index;
  const byte = Number(name);
  return Number.isInteger(byte) && byte >= 0 && byte <= 0xff && String(byte) === name ? byte : undefined;
}
