import { isIP } from "node:net";
import { ALL_ADDRESSES, type IpRange, maskedRange, rangeOf } from "../../../../formats/ip-ranges";
import { methodProblem } from "./pg-hba-methods";

/**
 * Lines of pg_hba.conf as PostgreSQL reads them.
 *
 * @see https://www.postgresql.org/docs/current/auth-pg-hba-conf.html and `next_token` and `parse_hba_line` of
 * src/backend/libpq/hba.c
 */

/** A word of a line. In quotes a keyword, such as `all` or `replication`, is a name. */
export interface HbaToken {
  readonly text: string;
  readonly quoted: boolean;
}

export interface HbaRecord {
  /** `local`, or one of those of the network: `host`, `hostssl`, `hostnossl`, `hostgssenc`, `hostnogssenc`. */
  readonly type: string;
  readonly databases: readonly HbaToken[];
  readonly users: readonly HbaToken[];
  /** Undefined for `local`. */
  readonly address: HbaAddress | undefined;
  readonly method: string;
  readonly options: ReadonlyMap<string, string>;
}

/** The client: addresses, or something that only the server can resolve, such as a host name. */
export interface HbaAddress {
  readonly text: string;
  readonly ranges: readonly IpRange[] | undefined;
}

/** A record, undefined (blank, or a comment), or the problem of the line. */
export type HbaLine = { record: HbaRecord } | { problem: string } | undefined;

export const HBA_TYPES = [
  "local",
  "host",
  "hostssl",
  "hostnossl",
  "hostgssenc",
  "hostnogssenc",
] as const;

/** The placeholder that the operator replaces with the addresses of pods. */
const PODS = /^\$\{podselector:[^}]+\}$/;

/** Reads one line. `${podselector:...}` counts as an address. */
export function parseHbaLine(line: string): HbaLine {
  if (/[\r\n]/.test(line)) return { problem: "is more than one line" };
  if (line.endsWith("\\")) {
    return { problem: "ends with a backslash, by which PostgreSQL joins the next line to it" };
  }
  const fields = fieldsOf(line);
  const [types, databases, users] = fields;
  if (types === undefined) return undefined;
  const type = single(types);
  if (type === undefined || !(HBA_TYPES as readonly string[]).includes(type)) {
    const found = types.map(({ text }) => text).join(",");
    return { problem: `begins with \`${found}\`, which is not a type of connection` };
  }
  if (databases === undefined || users === undefined) return INCOMPLETE;
  const included = [...databases, ...users].find(
    ({ text, quoted }) => !quoted && text.startsWith("@"),
  );
  if (included) return { problem: "names a file of the server, which cannot be validated" };
  const where = type === "local" ? { address: undefined, next: 3 } : addressIn(fields);
  if ("problem" in where) return where;
  const [methods, ...optionFields] = fields.slice(where.next);
  const method = methods && single(methods);
  if (method === undefined) return INCOMPLETE;
  const options = optionsOf(optionFields);
  if (!options) return { problem: "has something else than options, name=value, after the method" };
  const problem = methodProblem(type, method, options);
  if (problem !== undefined) return { problem };
  return { record: { type, databases, users, address: where.address, method, options } };
}

const INCOMPLETE = { problem: "is not a complete line of pg_hba.conf" };

/** The fields of a line, each a list: commas join, blanks part, quotes keep both, `#` begins a comment. */
export function fieldsOf(line: string): HbaToken[][] {
  const fields: HbaToken[][] = [];
  let rest = line;
  for (;;) {
    const field: HbaToken[] = [];
    let goesOn = true;
    while (goesOn) {
      const token = nextToken(rest);
      if (!token) break;
      field.push(token.token);
      ({ rest, goesOn } = token);
    }
    if (field.length === 0) return fields;
    fields.push(field);
  }
}

function nextToken(line: string): { token: HbaToken; rest: string; goesOn: boolean } | undefined {
  let at = /^[ \t\r,]*/.exec(line)?.[0].length ?? 0;
  let text = "";
  let inQuote = false;
  let wasQuote = false;
  let quoted = false;
  for (; at < line.length; at++) {
    const character = line.charAt(at);
    if (!inQuote && /[ \t\r]/.test(character)) break;
    if (!inQuote && character === "#") {
      at = line.length;
      break;
    }
    if (!inQuote && character === ",") {
      return { token: { text, quoted }, rest: line.slice(at + 1), goesOn: true };
    }
    // Two quotes within quotes mean one.
    if (character !== '"' || wasQuote) text += character;
    wasQuote = inQuote && character === '"' ? !wasQuote : false;
    if (character === '"') {
      inQuote = !inQuote;
      if (text === "") quoted = true;
    }
  }
  if (text === "" && !quoted) return undefined;
  return { token: { text, quoted }, rest: line.slice(at), goesOn: false };
}

function single(field: readonly HbaToken[]): string | undefined {
  return field.length === 1 ? field[0]?.text : undefined;
}

type Where = { address: HbaAddress; next: number } | { problem: string };

/** Reads the address after the users; one without the length of its network has its mask after it. */
function addressIn(fields: readonly (readonly HbaToken[])[]): Where {
  const [token, ...more] = fields[3] ?? [];
  if (token === undefined) return INCOMPLETE;
  if (more.length > 0) return { problem: "has more than one address" };
  const { text, quoted } = token;
  if (text === "all" && !quoted) return { address: { text, ranges: ALL_ADDRESSES }, next: 4 };
  // `samehost` and `samenet` count as names too: only the server can resolve them.
  if (PODS.test(text) || /^\.?[A-Za-z_][\w.-]*$/.test(text)) {
    return { address: { text, ranges: undefined }, next: 4 };
  }
  if (text.includes("/")) {
    const range = rangeOf(text);
    if (!range) return { problem: `\`${text}\` is not a valid network` };
    return { address: { text, ranges: [range] }, next: 4 };
  }
  if (isIP(text) === 0) return { problem: `\`${text}\` is neither an address nor a host name` };
  const mask = single(fields[4] ?? []) ?? "";
  if (isIP(mask) === 0 || isIP(mask) !== isIP(text)) {
    return { problem: `has no mask after the address \`${text}\`` };
  }
  const range = maskedRange(text, mask);
  return { address: { text: `${text} ${mask}`, ranges: range && [range] }, next: 5 };
}

/** Reads the options. A comma in a value separates options, too: PostgreSQL reads `a=1,b=2` as two. */
function optionsOf(
  fields: readonly (readonly HbaToken[])[],
): ReadonlyMap<string, string> | undefined {
  const pairs = fields.flat().map(({ text }) => /^([^=]*)=(.*)$/s.exec(text));
  if (pairs.some((pair) => pair === null)) return undefined;
  return new Map(pairs.map((pair) => [pair?.[1] ?? "", pair?.[2] ?? ""]));
}
