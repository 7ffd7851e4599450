const NAME = /^(?:"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*))(\.|$)/u;

/**
 * The names in `database.schema.table`, read as SQL reads them: what is not in double quotes is lower case, and a dot in
 * double quotes is part of the name. Undefined when it is no such thing.
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

/** A name as it stands in SQL, whatever is in it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A name for a message: in quotes only where it needs them, so that it can be given back as it is shown. */
export function shown(names: readonly string[]): string {
  return names.map((name) => (PLAIN.test(name) ? name : quoted(name))).join(".");
}

const PLAIN = /^[\p{Ll}_][\p{Ll}\p{N}_$]*$/u;
