import { type IpRange, shareOf } from "../../../components/formats/ip-ranges";

/** The share of all addresses from which on ranges count as unrestricted: 2000::/3 is the whole Internet of IPv6. */
const MOST = 1 / 8;

/** Whether ranges, alone or together, hold so many addresses that they restrict no client. */
export function areUnrestricted(ranges: readonly IpRange[]): boolean {
  return shareOf(ranges, 4) >= MOST || shareOf(ranges, 6) >= MOST;
}
