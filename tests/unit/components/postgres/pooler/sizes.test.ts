import fc from "fast-check";
import {
  connectionsFor,
  connectionsPerInstance,
  connectionsPerPool,
  instanceConnections,
  poolsPerInstance,
  sizeParameters,
  type PoolerShare,
} from "../../../../../components/postgres/pooler/sizes";

/** Shares from far too small to very large. */
const shares: fc.Arbitrary<PoolerShare> = fc.record({
  maxConnections: fc.integer({ min: 1, max: 5000 }),
  reservedConnections: fc.integer({ min: 3, max: 100 }),
  totalInstances: fc.integer({ min: 1, max: 20 }),
  databases: fc.integer({ min: 1, max: 30 }),
});

const suffices = (share: PoolerShare) => connectionsPerInstance(share) >= poolsPerInstance(share);

describe("the sizes derived from a share", () => {
  test("never let all instances together exceed what the cluster has, less the reserve", () => {
    fc.assert(
      fc.property(shares, (share) => {
        const worst = instanceConnections(sizeParameters(share), share).total;
        const usable = Math.max(0, share.maxConnections - share.reservedConnections);
        expect(worst * share.totalInstances).toBeLessThanOrEqual(usable);
      }),
    );
  });

  test("use up the share, except for the remainder of its division by the pools", () => {
    fc.assert(
      fc.property(shares, (share) => {
        const unused =
          connectionsPerInstance(share) - instanceConnections(sizeParameters(share), share).total;
        expect(unused).toBeGreaterThanOrEqual(0);
        expect(unused).toBeLessThan(poolsPerInstance(share));
      }),
    );
  });

  test("give every pool a connection if there are enough", () => {
    fc.assert(
      fc.property(shares.filter(suffices), (share) => {
        expect(Number(sizeParameters(share).default_pool_size)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  test("grow with the cluster's connections and never shrink", () => {
    fc.assert(
      fc.property(shares, fc.integer({ min: 0, max: 500 }), (share, more) => {
        const before = sizeParameters(share);
        const after = sizeParameters({ ...share, maxConnections: share.maxConnections + more });
        expect(Number(after.max_db_connections)).toBeGreaterThanOrEqual(
          Number(before.max_db_connections),
        );
      }),
    );
  });

  test("limit logins of unplanned pairs: no database or user gets more than all pools", () => {
    fc.assert(
      fc.property(shares, (share) => {
        const sizes = sizeParameters(share);
        const pool = Number(sizes.default_pool_size) + Number(sizes.reserve_pool_size);
        expect(Number(sizes.max_db_connections)).toBe(pool * share.databases);
        expect(sizes.max_user_connections).toBe(sizes.max_db_connections);
      }),
    );
  });
});

describe("chosen sizes", () => {
  test("stay as chosen, and the derived ones still fit when the chosen ones do", () => {
    fc.assert(
      fc.property(shares.filter(suffices), fc.nat(), (share, seed) => {
        const most = Math.max(1, connectionsPerPool(share));
        const chosen = { default_pool_size: String(1 + (seed % most)) };
        const sizes = sizeParameters(share, chosen);
        expect(sizes.default_pool_size).toBe(chosen.default_pool_size);
        expect(instanceConnections(sizes, share).total).toBeLessThanOrEqual(
          connectionsPerInstance(share),
        );
      }),
    );
  });

  test("are counted at their worst when they are too large", () => {
    const share = { maxConnections: 100, reservedConnections: 13, totalInstances: 2, databases: 1 };
    const worst = (chosen: Record<string, string>) =>
      instanceConnections(sizeParameters(share, chosen), share);
    expect(worst({ default_pool_size: "50" })).toEqual({ pool: 50, logins: 8, total: 58 });
    expect(worst({ default_pool_size: "50", max_db_connections: "10" }).total).toBe(18);
    expect(worst({ default_pool_size: "50", max_db_connections: "0" }).total).toBe(58);
    expect(worst({ reserve_pool_size: "40" }).total).toBe(76);
  });

  test("of 150 in each of three pods fit 500 connections, and what is left is for looking up passwords", () => {
    const share = {
      maxConnections: 500,
      reservedConnections: 13,
      totalInstances: 3,
      databases: 1,
    };
    const sizes = sizeParameters(share, { default_pool_size: "150" });
    expect(sizes).toEqual({
      default_pool_size: "150",
      reserve_pool_size: "4",
      max_db_connections: "154",
      max_user_connections: "154",
    });
    expect(connectionsPerInstance(share)).toBe(162);
    expect(instanceConnections(sizes, share)).toEqual({ pool: 154, logins: 8, total: 162 });
  });

  test("fit the connections that the error asks for, and no fewer", () => {
    const counts = fc.record({
      reservedConnections: fc.integer({ min: 3, max: 100 }),
      totalInstances: fc.integer({ min: 1, max: 20 }),
      databases: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 300 }), (share, pool) => {
        const enough = connectionsFor(pool, share);
        expect(connectionsPerPool({ ...share, maxConnections: enough })).toBeGreaterThanOrEqual(
          pool,
        );
        expect(connectionsPerPool({ ...share, maxConnections: enough - 1 })).toBeLessThan(pool);
      }),
    );
  });
});
