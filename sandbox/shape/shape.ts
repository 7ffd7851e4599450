import { type NodeTaint, type Taint, isSameTaint, taintText } from "./taint.ts";
import { type Placement, lastNodeNumber, nodeName, nodeNamed } from "./topology.ts";

/** What somebody asks for. What is not said stays as it is, and is {@link defaultShape} where nothing is yet. */
export interface WantedShape {
  nodes?: number;
  /** 0: no node has a label that says its zone. */
  zones?: number;
  taints?: readonly NodeTaint[];
}

/** The nodes that there are. */
export interface Shape {
  /** The number of the next node. One of a node that was removed is not used again: its volumes would be taken for the new one's. */
  next: number;
  nodes: readonly NumberedNode[];
}

export interface NumberedNode extends Placement {
  number: number;
}

export const defaultShape = { nodes: 3, zones: 3 } as const;

/**
 * What two processors and 24 GiB carry with databases on it. Twelve idle nodes take a fifth of a processor, 1.4 GB, and 91
 * of the 128 inotify instances that a kernel gives a user by default. Without one of these no kubelet and no instance of a
 * database starts, and the latter need what is left.
 */
export const mostNodes = 12;

const nothing: Shape = { next: 1, nodes: [] };
const startAnew = "`npm run sandbox -- stop` first, which removes all that is in it";

/**
 * What there is, with the nodes that are missing from what is wanted. Nodes that are there are never changed, so the same
 * wish twice is granted twice.
 *
 * @throws Error with the reason and the remedy where that cannot be.
 */
export function withWanted(existing: Shape | undefined, wanted: WantedShape): Shape {
  const start = existing ?? nothing;
  const grown = withNodes(start, countsOf(existing, wanted));
  if (wanted.zones !== undefined) refuseOtherZones(start, grown, wanted.zones);
  return withTaints(grown, start.nodes.length, wanted.taints ?? []);
}

/** One node more, in the zone that has the fewest if none is named. @throws Error with the reason and the remedy. */
export function withNode(shape: Shape, { zone, taints = [] }: Placement): Shape {
  if (zone !== undefined && !/^zone[1-9]\d*$/.test(zone)) {
    throw new Error(
      `--zone ${zone} is not a valid zone: they are called zone1, zone2 and so on. Give one of these, or one more`,
    );
  }
  refuseMoreThanFit(shape.nodes.length + 1);
  return withNodeIn(shape, zone ?? emptiest(shape.nodes, zonesOf(shape)), taints);
}

/** One node less. @throws Error when it is not there or the only one. */
export function withoutNode(shape: Shape, name: string): Shape {
  if (shape.nodes.length === 1) {
    throw new Error(
      `${name} is the only node. Add one first, or end the sandbox with \`npm run sandbox -- stop\``,
    );
  }
  return { ...shape, nodes: shape.nodes.filter(({ number }) => nodeName(number) !== name) };
}

/** For people: `6 nodes in 3 zones`. */
export function describeShape(shape: Shape): string {
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;
  const zones = zonesOf(shape).length;
  return `${count(shape.nodes.length, "node")} ${zones === 0 ? "without zones" : `in ${count(zones, "zone")}`}`;
}

function withNodes(start: Shape, { nodes: count, zones }: Required<Counts>): Shape {
  const present = start.nodes.length;
  if (count < present) {
    throw new Error(
      `--nodes ${count} is fewer than the ${present} that there are, and which of them are to go is not said. ` +
        `Remove them one by one with \`npm run sandbox -- node remove NODE\`, or ${startAnew}`,
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
  if (nodes < 1) throw new Error("--nodes 0: a cluster needs a node. Give --nodes 1 or more");
  refuseMoreThanFit(nodes);
  const present = existing && zonesOf(existing).length;
  const zones = wanted.zones ?? present ?? Math.min(defaultShape.zones, nodes);
  if (zones > nodes) {
    throw new Error(
      `--zones ${zones} is more than the ${nodes} nodes, and a zone without a node is none. ` +
        `Give --nodes ${zones} or more, or --zones ${nodes} or fewer`,
    );
  }
  return { nodes, zones };
}

/** @throws Error when the nodes are not in as many zones, or not evenly though some were just put there. */
function refuseOtherZones(start: Shape, { nodes }: Shape, zones: number): void {
  const sizes = zonesOf({ nodes }).map((zone) => sizeOf(nodes, zone));
  const isInZones = zones === 0 || nodes.every(({ zone }) => zone !== undefined);
  const isEven =
    nodes.length === start.nodes.length || Math.max(...sizes) - Math.min(...sizes) <= 1;
  if (isInZones && sizes.length === zones && (zones === 0 || isEven)) return;
  throw new Error(
    `--zones ${zones} cannot be had of ${describeShape(start)}, since the zone of a node that is there does not change. ` +
      `Add nodes with \`npm run sandbox -- node add --zone ZONE\`, or ${startAnew}`,
  );
}

function withNodeIn(shape: Shape, zone: string | undefined, taints: readonly Taint[]): Shape {
  const number = shape.next;
  if (number > lastNodeNumber) {
    throw new Error(
      `${nodeName(lastNodeNumber)} was the last: the addresses of nodes are used up. Begin anew with ${startAnew}`,
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
      `--taint ${name}=${taintText(missing)}: ${name} is there already, and nodes are given taints by a start as they ` +
        `are made. Use \`npm run sandbox -- kubectl taint nodes ${name} ${taintText(missing)}\``,
    );
  });
  return { ...shape, nodes };
}

/** Kubernetes takes a key once for each effect. */
function distinct(node: string, taints: readonly Taint[]): readonly Taint[] {
  const keys = taints.map(({ key, effect }) => `${key}:${effect}`);
  const twice = taints.find(({ key, effect }, at) => keys.indexOf(`${key}:${effect}`) !== at);
  if (twice === undefined) return taints;
  throw new Error(
    `--taint ${taintText(twice)}: ${node} is given the key ${twice.key} twice for ${twice.effect}. Leave one of them out`,
  );
}

function refuseMoreThanFit(nodes: number): void {
  if (nodes <= mostNodes) return;
  throw new Error(
    `${nodes} nodes are more than the ${mostNodes} that a machine of two processors and 24 GiB carries. ` +
      `Keep to ${mostNodes} or fewer, or use a larger cluster of your own with \`npm run up -- --context NAME\``,
  );
}

function emptiest(nodes: readonly Placement[], zones: readonly string[]): string | undefined {
  return zones.toSorted((one, other) => sizeOf(nodes, one) - sizeOf(nodes, other))[0];
}

function sizeOf(nodes: readonly Placement[], zone: string): number {
  return nodes.filter((node) => node.zone === zone).length;
}

/** In the order of their numbers. */
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
