import { type NodeTaint, type Taint, isSameTaint, taintText } from "./taint.ts";
import { type Placement, lastNodeNumber, nodeName, nodeNamed } from "./topology.ts";

/** A requested shape. What is not set does not change, and a new sandbox has {@link defaultShape}. */
export interface WantedShape {
  nodes?: number;
  /** 0 means that no node has the label of a zone. */
  zones?: number;
  taints?: readonly NodeTaint[];
}

/** The existing nodes. */
export interface Shape {
  /**
   * The number of the next node. Numbers of removed nodes are not used again: a new node would be assigned their
   * volumes.
   */
  next: number;
  nodes: readonly NumberedNode[];
}

export interface NumberedNode extends Placement {
  number: number;
}

export const defaultShape = { nodes: 3, zones: 3 } as const;

/**
 * Maximum number of nodes on two processors and 24 GiB with databases. Twelve idle nodes use a fifth of a processor,
 * 1.4 GB, and 91 of the 128 inotify instances that a kernel allows a user by default. Kubelets and database instances
 * need such instances to start, and the databases need the remaining ones.
 */
export const mostNodes = 12;

const nothing: Shape = { next: 1, nodes: [] };
const startOver = "run `npm run sandbox -- stop` first, which removes everything in it";

/**
 * Adds the nodes to the existing shape that the requested one has in addition. Existing nodes never change, so the same
 * request has no effect the second time.
 *
 * @throws Error with the reason and the remedy if that is not possible.
 */
export function withWanted(existing: Shape | undefined, wanted: WantedShape): Shape {
  const start = existing ?? nothing;
  const grown = withNodes(start, countsOf(existing, wanted));
  if (wanted.zones !== undefined) refuseOtherZones(start, grown, wanted.zones);
  return withTaints(grown, start.nodes.length, wanted.taints ?? []);
}

/**
 * Adds a node, by default to the zone with the fewest.
 *
 * @throws Error with the reason and the remedy.
 */
export function withNode(shape: Shape, { zone, taints = [] }: Placement): Shape {
  if (zone !== undefined && !/^zone[1-9]\d*$/.test(zone)) {
    throw new Error(
      `--zone ${zone} is not a valid zone: zones are named zone1, zone2 and so on. Use one of these, or the next one`,
    );
  }
  refuseMoreThanFit(shape.nodes.length + 1);
  return withNodeIn(shape, zone ?? emptiest(shape.nodes, zonesOf(shape)), taints);
}

/**
 * Removes a node.
 *
 * @throws Error if it does not exist or is the only one.
 */
export function withoutNode(shape: Shape, name: string): Shape {
  if (shape.nodes.length === 1) {
    throw new Error(
      `${name} is the only node. Add one first, or stop the sandbox with \`npm run sandbox -- stop\``,
    );
  }
  return { ...shape, nodes: shape.nodes.filter(({ number }) => nodeName(number) !== name) };
}

/** Describes a shape: `6 nodes in 3 zones`. */
export function describeShape(shape: Shape): string {
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;
  const zones = zonesOf(shape).length;
  return `${count(shape.nodes.length, "node")} ${zones === 0 ? "without zones" : `in ${count(zones, "zone")}`}`;
}

function withNodes(start: Shape, { nodes: count, zones }: Required<Counts>): Shape {
  const present = start.nodes.length;
  if (count < present) {
    throw new Error(
      `--nodes ${count} is fewer than the ${present} existing nodes, and does not show which ones to remove. ` +
        `Remove them one by one with \`npm run sandbox -- node remove NODE\`, or ${startOver}`,
    );
  }
  const named = zones === zonesOf(start).length ? zonesOf(start) : zoneNames(zones);
  let grown = start;
  while (grown.nodes.length < count) {
    grown = withNodeIn(grown, emptiest(grown.nodes, named), []);
  }
  return grown;
}

type Counts = Pick<WantedShape, "nodes" | "zones">;

function countsOf(existing: Shape | undefined, wanted: Counts): Required<Counts> {
  const nodes = wanted.nodes ?? existing?.nodes.length ?? defaultShape.nodes;
  if (nodes < 1) throw new Error("--nodes 0: a cluster needs a node. Use --nodes 1 or more");
  refuseMoreThanFit(nodes);
  const present = existing && zonesOf(existing).length;
  const zones = wanted.zones ?? present ?? Math.min(defaultShape.zones, nodes);
  if (zones > nodes) {
    throw new Error(
      `--zones ${zones} is more than the ${nodes} nodes, and every zone needs a node. ` +
        `Use --nodes ${zones} or more, or --zones ${nodes} or fewer`,
    );
  }
  return { nodes, zones };
}

/** @throws Error if the nodes are in another number of zones, or if added nodes are not spread evenly. */
function refuseOtherZones(start: Shape, { nodes }: Shape, zones: number): void {
  const sizes = zonesOf({ nodes }).map((zone) => sizeOf(nodes, zone));
  const isInZones = zones === 0 || nodes.every(({ zone }) => zone !== undefined);
  const isEven =
    nodes.length === start.nodes.length || Math.max(...sizes) - Math.min(...sizes) <= 1;
  if (isInZones && sizes.length === zones && (zones === 0 || isEven)) return;
  throw new Error(
    `--zones ${zones} is not possible with ${describeShape(start)}, since the zone of an existing node does not change. ` +
      `Add nodes with \`npm run sandbox -- node add --zone ZONE\`, or ${startOver}`,
  );
}

function withNodeIn(shape: Shape, zone: string | undefined, taints: readonly Taint[]): Shape {
  const number = shape.next;
  if (number > lastNodeNumber) {
    throw new Error(
      `${nodeName(lastNodeNumber)} was the last: the addresses of nodes are used up. To start over, ${startOver}`,
    );
  }
  const node = {
    number,
    ...(zone === undefined ? {} : { zone }),
    ...(taints.length === 0 ? {} : { taints: distinct(nodeName(number), taints) }),
  };
  return { next: number + 1, nodes: [...shape.nodes, node] };
}

function withTaints(shape: Shape, present: number, wanted: readonly NodeTaint[]): Shape {
  const named = shape.nodes.map((node) => ({ ...node, name: nodeName(node.number) }));
  const placed = wanted.map(({ node, taint }) => ({ name: nodeNamed(named, node).name, taint }));
  const nodes = named.map(({ name, ...node }, index) => {
    const taints = placed.filter((one) => one.name === name).map(({ taint }) => taint);
    if (taints.length === 0) return node;
    if (index >= present) return { ...node, taints: distinct(name, taints) };
    const missing = taints.find((one) => !node.taints?.some((kept) => isSameTaint(kept, one)));
    if (missing === undefined) return node;
    throw new Error(
      `--taint ${name}=${taintText(missing)}: ${name} exists already, and a start gives taints to new nodes ` +
        `only. Use \`npm run sandbox -- kubectl taint nodes ${name} ${taintText(missing)}\``,
    );
  });
  return { ...shape, nodes };
}

/** Kubernetes accepts a key once for each effect. */
function distinct(node: string, taints: readonly Taint[]): readonly Taint[] {
  const keys = taints.map(({ key, effect }) => `${key}:${effect}`);
  const twice = taints.find(({ key, effect }, at) => keys.indexOf(`${key}:${effect}`) !== at);
  if (twice === undefined) return taints;
  throw new Error(
    `--taint ${taintText(twice)}: ${node} gets the key ${twice.key} twice for ${twice.effect}. Remove one of them`,
  );
}

function refuseMoreThanFit(nodes: number): void {
  if (nodes <= mostNodes) return;
  throw new Error(
    `${nodes} nodes are more than the ${mostNodes} that a machine of two processors and 24 GiB can run. ` +
      `Use ${mostNodes} or fewer, or your own larger cluster with \`npm run up -- --context NAME\``,
  );
}

function emptiest(nodes: readonly Placement[], zones: readonly string[]): string | undefined {
  return zones.toSorted((one, other) => sizeOf(nodes, one) - sizeOf(nodes, other))[0];
}

function sizeOf(nodes: readonly Placement[], zone: string): number {
  return nodes.filter((node) => node.zone === zone).length;
}

/** Zones in the order of their numbers. */
function zonesOf({ nodes }: Pick<Shape, "nodes">): string[] {
  const zones = new Set(nodes.flatMap(({ zone }) => (zone === undefined ? [] : [zone])));
  return [...zones].sort((one, other) => numberOf(one) - numberOf(other));
}

function zoneNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `zone${index + 1}`);
}

function numberOf(zone: string): number {
  return Number(zone.slice("zone".length));
}
