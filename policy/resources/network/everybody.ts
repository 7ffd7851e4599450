import { type IpRange, shareOf } from "../../../components/formats/ip-ranges";

/** The part of all addresses that is more than anybody's own clients: 2000::/3 is the whole Internet of IPv6. */
const MOST = 1 / 8;

/** Whether addresses, whether in one network or in several, are so many that naming them limits nobody. */
export function isEverybody(ranges: readonly IpRange[]): boolean {
  return shareOf(ranges, 4) >= MOST || shareOf(ranges, 6) >= MOST;
}
