import { isIPv4 } from "node:net";
import fc from "fast-check";
import {
  describeShape,
  mostNodes,
  type Shape,
  type WantedShape,
  withNode,
  withoutNode,
  withWanted,
} from "../../../sandbox/shape/shape.ts";
import { parseNodeTaint, parseTaint } from "../../../sandbox/shape/taint.ts";
import { lastNodeNumber, nodeNamed, nodeNumbered } from "../../../sandbox/shape/topology.ts";

/** The zones of the nodes, in their order. */
function zones({ nodes }: Shape): (string | undefined)[] {
  return nodes.map(({ zone }) => zone);
}

function started(wanted: WantedShape): Shape {
  return withWanted(undefined, wanted);
}

describe("A sandbox that starts with", () => {
  test.each<[string, WantedShape, (string | undefined)[]]>([
    ["no options", {}, ["zone1", "zone2", "zone3"]],
    ["six nodes", { nodes: 6 }, ["zone1", "zone2", "zone3", "zone1", "zone2", "zone3"]],
    [
      "six nodes in three zones",
      { nodes: 6, zones: 3 },
      ["zone1", "zone2", "zone3", "zone1", "zone2", "zone3"],
    ],
    ["three nodes in one zone", { nodes: 3, zones: 1 }, ["zone1", "zone1", "zone1"]],
    ["five in two", { nodes: 5, zones: 2 }, ["zone1", "zone2", "zone1", "zone2", "zone1"]],
    ["fewer nodes than zones by default", { nodes: 2 }, ["zone1", "zone2"]],
    ["one node", { nodes: 1 }, ["zone1"]],
    ["two zones", { zones: 2 }, ["zone1", "zone2", "zone1"]],
    ["no zones", { zones: 0 }, [undefined, undefined, undefined]],
    ["one node and no zones", { nodes: 1, zones: 0 }, [undefined]],
  ])("%s", (_, wanted, expected) => {
    const shape = started(wanted);
    expect(zones(shape)).toEqual(expected);
    expect(shape.nodes.map(({ number }) => number)).toEqual(expected.map((_, at) => at + 1));
    expect(shape.next).toBe(expected.length + 1);
  });

  test.each<[string, WantedShape, RegExp]>([
    ["no node", { nodes: 0 }, /^--nodes 0: a cluster needs a node\. Use --nodes 1 or more$/],
    [
      "more than the machine can run",
      { nodes: mostNodes + 1 },
      new RegExp(
        `^${mostNodes + 1} nodes are more than the ${mostNodes} that a machine .* Use ${mostNodes} or fewer, or your own`,
      ),
    ],
    [
      "more zones than nodes",
      { nodes: 3, zones: 4 },
      /^--zones 4 is more than the 3 nodes, .* Use --nodes 4 or more, or --zones 3 or fewer$/,
    ],
    ["more zones than nodes by default", { zones: 6 }, /^--zones 6 is more than the 3 nodes/],
    [
      "a taint on a node that does not exist",
      { taints: [parseNodeTaint("node4=a=b:NoSchedule")] },
      /^node node4 does not exist; the nodes are node1, node2, node3$/,
    ],
    [
      "the same key and effect twice on a node",
      { taints: ["node3=a=b:NoSchedule", "3=a=c:NoSchedule"].map(parseNodeTaint) },
      /^--taint a=c:NoSchedule: node3 gets the key a twice for NoSchedule\./,
    ],
  ])("%s is refused", (_, wanted, message) => {
    expect(() => started(wanted)).toThrow(message);
  });

  test("taints has them on the named nodes, by name or number", () => {
    const taints = ["node3=dedicated=db:NoSchedule", "3=spot:NoExecute", "1=a:PreferNoSchedule"];
    const { nodes } = started({ taints: taints.map(parseNodeTaint) });
    expect(nodes).toEqual([
      { number: 1, zone: "zone1", taints: [{ key: "a", effect: "PreferNoSchedule" }] },
      { number: 2, zone: "zone2" },
      {
        number: 3,
        zone: "zone3",
        taints: [
          { key: "dedicated", value: "db", effect: "NoSchedule" },
          { key: "spot", effect: "NoExecute" },
        ],
      },
    ]);
  });
});

describe("An existing sandbox", () => {
  const six = started({ nodes: 6, zones: 3 });
  const inOneZone = started({ zones: 1 });
  const unlabelled = started({ zones: 0 });

  test("keeps its shape without options, after any change", () => {
    for (const shape of [six, inOneZone, unlabelled, withoutNode(six, "node2")]) {
      expect(withWanted(shape, {})).toEqual(shape);
    }
  });

  test.each<[string, Shape, WantedShape, (string | undefined)[]]>([
    ["in the same zones", started({}), { nodes: 5 }, ["zone1", "zone2"]],
    [
      "in more zones, if the existing ones fit",
      started({ nodes: 2 }),
      { zones: 3, nodes: 3 },
      ["zone3"],
    ],
    ["in its only zone", inOneZone, { nodes: 4 }, ["zone1"]],
    ["without zones", unlabelled, { nodes: 4, zones: 0 }, [undefined]],
    ["in the zone that lost one", withoutNode(six, "node2"), { nodes: 6 }, ["zone2"]],
  ])("gets more nodes %s", (_, shape, wanted, added) => {
    const grown = withWanted(shape, wanted);
    expect(grown.nodes.slice(0, shape.nodes.length)).toEqual(shape.nodes);
    expect(zones(grown).slice(shape.nodes.length)).toEqual(added);
  });

  test.each<[string, Shape, WantedShape, RegExp]>([
    [
      "fewer nodes",
      six,
      { nodes: 3 },
      /^--nodes 3 is fewer than the 6 existing nodes, .* node remove NODE`, or run `npm run sandbox -- stop` first/,
    ],
    [
      "other zones",
      started({}),
      { zones: 1 },
      /^--zones 1 is not possible with 3 nodes in 3 zones, since the zone of an existing node does not change\. .* `npm run sandbox -- stop` first/,
    ],
    ["no zones", started({}), { zones: 0 }, /^--zones 0 is not possible with 3 nodes in 3 zones/],
    ["zones", unlabelled, { zones: 3 }, /^--zones 3 is not possible with 3 nodes without zones/],
    ["zones for new nodes alone", unlabelled, { nodes: 6, zones: 3 }, /with 3 nodes without zones/],
    ["uneven zones", inOneZone, { nodes: 6, zones: 3 }, /with 3 nodes in 1 zone,/],
    ["more than fit", six, { nodes: mostNodes + 1 }, /more than the/],
    [
      "a taint on an existing node",
      six,
      { taints: [parseNodeTaint("node3=a=b:NoSchedule")] },
      /^--taint node3=a=b:NoSchedule: node3 exists already, .* kubectl taint nodes node3 a=b:NoSchedule`$/,
    ],
  ])("refuses %s", (_, shape, wanted, message) => {
    expect(() => withWanted(shape, wanted)).toThrow(message);
  });

  test("accepts the taints that it was started with again", () => {
    const wanted = { taints: [parseNodeTaint("node3=a=b:NoSchedule")] };
    expect(withWanted(started(wanted), wanted)).toEqual(started(wanted));
  });

  test("is described", () => {
    expect([six, inOneZone, unlabelled, started({ nodes: 1 })].map(describeShape)).toEqual([
      "6 nodes in 3 zones",
      "3 nodes in 1 zone",
      "3 nodes without zones",
      "1 node in 1 zone",
    ]);
  });
});

describe("An added node", () => {
  const three = started({});

  test("is in the zone with the fewest", () => {
    expect(withNode(three, {}).nodes.at(-1)).toEqual({ number: 4, zone: "zone1" });
    expect(withNode(withoutNode(withNode(three, {}), "node1"), {}).nodes.at(-1)).toEqual({
      number: 5,
      zone: "zone1",
    });
  });

  test("is in the named zone, also a new one", () => {
    expect(withNode(three, { zone: "zone2" }).nodes.at(-1)?.zone).toBe("zone2");
    expect(withNode(three, { zone: "zone4" }).nodes.at(-1)?.zone).toBe("zone4");
  });

  test("has no zone if no other node has one", () => {
    expect(withNode(started({ zones: 0 }), {}).nodes.at(-1)).toEqual({ number: 4 });
  });

  test("never has the number of a removed node, whose volumes it would be assigned", () => {
    const removed = withoutNode(withNode(three, {}), "node4");
    expect(withNode(removed, {}).nodes.at(-1)?.number).toBe(5);
  });

  test.each([
    ["zone0", /^--zone zone0 is not a valid zone: zones are named zone1, zone2 and so on/],
    ["west", /^--zone west is not a valid zone/],
    ["zone1x", /^--zone zone1x is not a valid zone/],
    ["", /^--zone {2}is not a valid zone/],
  ])("is not in %j", (zone, message) => {
    expect(() => withNode(three, { zone })).toThrow(message);
  });

  test("is refused at the limits", () => {
    expect(() => withNode(started({ nodes: mostNodes }), {})).toThrow(/more than the/);
    expect(() => withNode({ ...three, next: lastNodeNumber + 1 }, {})).toThrow(
      /the addresses of nodes are used up\. To start over, run `npm run sandbox -- stop` first/,
    );
  });
});

test("the only node is not removed", () => {
  expect(() => withoutNode(started({ nodes: 1 }), "node1")).toThrow(
    /^node1 is the only node\. Add one first, or stop the sandbox/,
  );
});

describe("For any request", () => {
  const counts = fc
    .record({ nodes: fc.integer({ min: 1, max: mostNodes }), zones: fc.nat(mostNodes) })
    .filter(({ nodes, zones }) => zones <= nodes);

  /** Any reachable sandbox: started, then changed node by node. */
  const shapes = fc
    .tuple(counts, fc.array(fc.option(fc.integer({ min: 1, max: 6 })), { maxLength: 20 }))
    .map(([wanted, changes]) =>
      changes.reduce((shape, change) => {
        if (change === null) {
          const [, second] = shape.nodes;
          return second ? withoutNode(shape, `node${second.number}`) : shape;
        }
        return shape.nodes.length < mostNodes ? withNode(shape, { zone: `zone${change}` }) : shape;
      }, started(wanted)),
    );

  test("nodes are numbered from 1, and zones are even", () => {
    fc.assert(
      fc.property(counts, (wanted) => {
        const shape = started(wanted);
        expect(shape.nodes.map(({ number }) => number)).toEqual(
          Array.from({ length: wanted.nodes }, (_, at) => at + 1),
        );
        const names = new Set(zones(shape));
        if (wanted.zones === 0) {
          expect([...names]).toEqual([undefined]);
          return;
        }
        const sizes = Array.from(
          { length: wanted.zones },
          (_, at) => zones(shape).filter((zone) => zone === `zone${at + 1}`).length,
        );
        expect(names.size).toBe(wanted.zones);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(Math.min(...sizes)).toBeGreaterThan(0);
      }),
    );
  });

  test("the same request changes nothing the second time", () => {
    fc.assert(
      fc.property(counts, (wanted) => {
        expect(withWanted(started(wanted), wanted)).toEqual(started(wanted));
      }),
    );
  });

  test("a sandbox that grows has the shape of one that started so", () => {
    fc.assert(
      fc.property(counts, fc.nat(mostNodes), ({ nodes, zones }, fewer) => {
        const first = Math.max(nodes - fewer, zones, 1);
        expect(withWanted(started({ nodes: first, zones }), { nodes, zones })).toEqual(
          started({ nodes, zones }),
        );
      }),
    );
  });

  test("existing nodes never change, and an accepted request is fulfilled", () => {
    fc.assert(
      fc.property(shapes, counts, (shape, wanted) => {
        let granted: Shape;
        try {
          granted = withWanted(shape, wanted);
        } catch (error) {
          expect((error as Error).message).toMatch(/\. .+/);
          return;
        }
        expect(granted.nodes.slice(0, shape.nodes.length)).toEqual(shape.nodes);
        expect(granted.nodes).toHaveLength(wanted.nodes);
        const names = new Set(zones(granted));
        expect(names.size).toBe(wanted.zones === 0 ? 1 : wanted.zones);
        expect(names.has(undefined)).toBe(wanted.zones === 0);
      }),
    );
  });

  test("no two nodes share a name, an address or a network", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const nodes = shape.nodes.map(({ number, ...rest }) => nodeNumbered(number, rest));
        for (const key of ["name", "address", "podSubnet", "podGateway"] as const) {
          expect(new Set(nodes.map((node) => node[key])).size).toBe(nodes.length);
        }
      }),
    );
  });
});

describe("A taint", () => {
  test.each([
    ["dedicated=db:NoSchedule", { key: "dedicated", value: "db", effect: "NoSchedule" }],
    ["spot:NoExecute", { key: "spot", effect: "NoExecute" }],
    ["spot=:NoExecute", { key: "spot", effect: "NoExecute" }],
    [
      "example.com/spot=yes:PreferNoSchedule",
      { key: "example.com/spot", value: "yes", effect: "PreferNoSchedule" },
    ],
  ])("is %s", (text, taint) => {
    expect(parseTaint(text)).toEqual(taint);
    expect(parseNodeTaint(`node3=${text}`)).toEqual({ node: "node3", taint });
  });

  test.each([
    ["", /^"" is not a valid taint: it must be key=value:Effect or key:Effect$/],
    ["dedicated=db", /is not a valid taint/],
    ["=db:NoSchedule", /is not a valid taint/],
    ["dedicated=db:", /is not a valid taint/],
    ["dedicated=db:Never", /^"Never" is not a valid effect .* one of NoSchedule, PreferNo/],
    ["dedicated=db:noschedule", /is not a valid effect/],
    ["-x=db:NoSchedule", /^"-x" is not a valid key/],
    ["a/b/c=db:NoSchedule", /^"a\/b\/c" is not a valid key/],
    [`${"a".repeat(64)}:NoSchedule`, /is not a valid key/],
    [`${"a".repeat(254)}/b:NoSchedule`, /is not a valid key/],
    ["dedicated=d b:NoSchedule", /^"d b" is not a valid value/],
    ["dedicated=a=b:NoSchedule", /^"a=b" is not a valid value/],
  ])("is not %j", (text, message) => {
    expect(() => parseTaint(text)).toThrow(message);
  });

  test("of a node names the node", () => {
    expect(() => parseNodeTaint("spot:NoExecute")).toThrow(
      /^"spot:NoExecute" is not a valid taint of a node: it must be node3=key=value:Effect$/,
    );
  });
});

test("a node is found by its name and by its number only", () => {
  const nodes = [1, 2, 12].map((number) => nodeNumbered(number));
  expect(nodeNamed(nodes, "12").name).toBe("node12");
  expect(nodeNamed(nodes, "node2").podSubnet).toBe("10.244.2.0/24");
  for (const other of ["3", "node3", "", "zone1"]) {
    expect(() => nodeNamed(nodes, other)).toThrow(/the nodes are node1, node2, node12$/);
  }
});

test("the last node has a valid address and network", () => {
  const { address, podSubnet } = nodeNumbered(lastNodeNumber);
  expect([address, podSubnet].map(isIPv4Network)).toEqual([true, true]);
  expect(isIPv4Network(nodeNumbered(lastNodeNumber + 1).address)).toBe(false);
});

/** Whether the text is an address that is not a broadcast address, or a network. */
function isIPv4Network(text: string): boolean {
  const [address = ""] = text.split("/");
  return isIPv4(address) && !address.endsWith(".255");
}
