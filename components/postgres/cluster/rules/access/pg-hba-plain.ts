import { ALL_ADDRESSES, covers } from "../../../../formats/ip-ranges";
import type { HbaAddress, HbaRecord, HbaToken } from "./pg-hba-line";

/**
 * The lines that allow logins over the network without encryption. The first line that matches decides, so a line does
 * not if lines before it reject all such logins that it is for.
 *
 * If only the server can resolve them (a group, a host name, the addresses of pods), a line that allows counts for all
 * clients it may mean, and one that rejects only for those written in the same words.
 *
 * @see `check_hba` of src/backend/libpq/hba.c
 */
export function plainLogins(records: readonly (HbaRecord | undefined)[]): number[] {
  return records.flatMap((record, index) => {
    if (!record || record.method === "reject" || !isForPlain(record)) return [];
    const rejecting = records
      .slice(0, index)
      .filter((earlier) => earlier !== undefined)
      .filter((earlier) => earlier.method === "reject" && isForPlain(earlier));
    return isRejected(record, rejecting) ? [] : [index];
  });
}

/**
 * Whether a line is for logins without encryption. `hostgssenc` is for GSSAPI encryption, and sockets are not a
 * network.
 */
function isForPlain({ type }: HbaRecord): boolean {
  return type === "host" || type === "hostnossl" || type === "hostnogssenc";
}

function isRejected(record: HbaRecord, rejecting: readonly HbaRecord[]): boolean {
  return record.databases.every((database) =>
    record.users.every((user) => {
      const those = rejecting.filter(
        (one) =>
          one.databases.some((token) => isOfDatabase(token, database)) &&
          one.users.some((token) => isOfUser(token, user)),
      );
      return areFrom(
        record.address,
        those.flatMap(({ address }) => address ?? []),
      );
    }),
  );
}

/** `all` does not mean `replication`: a standby connects without a database. */
function isOfDatabase(token: HbaToken, wanted: HbaToken): boolean {
  const isReplication = wanted.text === "replication" && !wanted.quoted;
  return isSame(token, wanted) || (isKeyword(token, "all") && !isReplication);
}

function isOfUser(token: HbaToken, wanted: HbaToken): boolean {
  return isSame(token, wanted) || isKeyword(token, "all");
}

function isKeyword({ text, quoted }: HbaToken, keyword: string): boolean {
  return text === keyword && !quoted;
}

function isSame(one: HbaToken, other: HbaToken): boolean {
  const isWord = /^([+@/].*|all|replication|sameuser|samerole|samegroup)$/s.test(one.text);
  return one.text === other.text && (!isWord || one.quoted === other.quoted);
}

function areFrom(wanted: HbaAddress | undefined, addresses: readonly HbaAddress[]): boolean {
  if (addresses.some(({ text }) => text === wanted?.text)) return true;
  const ranges = addresses.flatMap((address) => address.ranges ?? []);
  // A name or pods may be any address.
  const everywhere = wanted?.ranges ?? ALL_ADDRESSES;
  return everywhere.every((range) => covers(ranges, range));
}
