/**
 * The day of each major version's last release: flaws found later are not fixed.
 * Source: https://www.postgresql.org/support/versioning/
 */
export const LAST_RELEASES: Readonly<Record<number, string>> = {
  10: "2022-11-10",
  11: "2023-11-09",
  12: "2024-11-21",
  13: "2025-11-13",
  14: "2026-11-12",
  15: "2027-11-11",
  16: "2028-11-09",
  17: "2029-11-08",
  18: "2030-11-14",
};

/** Majors that a new cluster can have, oldest and newest, both included: those that still get fixes. */
export const OFFERED_POSTGRES = { oldest: 15, newest: 18 } as const;

/** The oldest major that the operator runs, offered or not. */
export const OLDEST_RUNNING_POSTGRES = 14;
