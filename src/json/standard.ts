/** A number as a key, which fastjson writes without quotes, behind what comes before a key. */
const BARE_KEY = /([{,])(-?[0-9]+)(?=:)/g;

/** Of what such a key stands in: `{0:`. */
const SHORTEST_CHARS = 3;

/**
 * What the engine's own parser makes of a text: of standard JSON, and of JSON whose only peculiarity is that numbers
 * stand bare as keys. Undefined for anything else. It is the fastest way to read a text, but rounds integers beyond
 * 2^53, and knows nothing of fastjson's references.
 */
export function parseStandard(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parseQuoted(text);
  }
}

function parseQuoted(text: string): unknown {
  // With an escape in it, a text may hold a quote that neither begins nor ends a string.
  if (text.includes("\\")) return undefined;
  const parts = text.split('"');
  for (let outside = 0; outside < parts.length; outside += 2) {
    const part = parts[outside] as string;
    // Most are a comma or a colon.
    if (part.length >= SHORTEST_CHARS) parts[outside] = part.replace(BARE_KEY, '$1"$2"');
  }
  try {
    return JSON.parse(parts.join('"'));
  } catch {
    return undefined;
  }
}
