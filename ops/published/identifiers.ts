const NAME = /^(?:"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*))(\.|$)/u;

/**
 * Parses the names in `database.schema.table` like SQL: unquoted names become lower case, and a dot in double quotes is
 * part of the name. Undefined if it is not such a name.
 */
export function parseDotted(text: string): string[] | undefined {
  const names: string[] = [];
  let rest = text;
  let dot = ".";
  while (dot === ".") {
    const [whole, inQuotes, plain = "", end = ""] = NAME.exec(rest) ?? [];
    if (whole === undefined) return undefined;
    names.push(inQuotes?.replaceAll('""', '"') ?? plain.toLowerCase());
    rest = rest.slice(whole.length);
    dot = end;
  }
  return names;
}

/** Quotes a name for SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Formats a name for a message: quoted only where necessary, so that it can be used as shown. */
export function shown(names: readonly string[]): string {
  return names.map((name) => (PLAIN.test(name) ? name : quoted(name))).join(".");
}

const PLAIN = /^[\p{Ll}_][\p{Ll}\p{N}_$]*$/u;
