import { under, type Violation } from "../../components/contract/violation";
import type { Part } from "../engine/part";
import type { Resource } from "../engine/resource";

/** CloudNativePG's default. */
const DEFAULT_INSTANCES = 1;

export function specOf({ object }: Resource): Part {
  return object.at("spec");
}

export function instancesOf(cluster: Resource): number {
  return specOf(cluster).at("instances").number ?? DEFAULT_INSTANCES;
}

/**
 * Whether a Cluster follows another, from its archive or by streaming. It accepts no writes, so none can be lost.
 *
 * @see https://cloudnative-pg.io/docs/1.30/replica_cluster#distributed-architecture-flag
 */
export function isReplica(cluster: Resource): boolean {
  const replica = specOf(cluster).at("replica");
  const primary = replica.at("primary").text ?? "";
  const self = replica.at("self").text ?? "";
  const name = self === "" ? (cluster.object.at("metadata", "name").text ?? "") : self;
  return replica.at("enabled").flag ?? (replica.isSet && primary !== "" && primary !== name);
}

/** The arguments of the components' rules for synchronous replication, read from a Cluster. */
export function synchronousOf(cluster: Resource) {
  const synchronous = specOf(cluster).at("postgresql", "synchronous");
  return {
    instances: instancesOf(cluster),
    ...(synchronous.isSet && {
      synchronous: {
        method: synchronous.at("method").text,
        number: synchronous.at("number").number,
        dataDurability: synchronous.at("dataDurability").text,
        failoverQuorum: synchronous.at("failoverQuorum").flag,
      },
    }),
  };
}

/** Settings by their names in lower case, as PostgreSQL reads them. */
export function parametersOf(cluster: Resource): Record<string, string> {
  const declared = specOf(cluster).at("postgresql", "parameters");
  const names = spellings(cluster);
  return Object.fromEntries(
    Object.entries(names).map(([name, spelling]) => [name, declared.at(spelling).scalar ?? ""]),
  );
}

/** The spelling of each setting's name. The operator writes them in this order, and PostgreSQL uses the last one. */
function spellings(cluster: Resource): Record<string, string> {
  const names = specOf(cluster)
    .at("postgresql", "parameters")
    .entries.map(([name]) => name);
  return Object.fromEntries(names.sort().map((name) => [name.toLowerCase(), name]));
}

/** Violations of a rule over settings, at the paths of the settings as they are spelt. */
export function placedParameters(cluster: Resource, violations: readonly Violation[]): Violation[] {
  const names = spellings(cluster);
  const declared = specOf(cluster).at("postgresql", "parameters");
  return violations.map((violation) => {
    const [, name = ""] = /^parameters\.(\w+)$/.exec(violation.path) ?? [];
    return { ...violation, path: declared.at(names[name] ?? name).path };
  });
}

/** Violations of a rule over a component's arguments, at the paths of the same fields in the object. */
export function placed(
  violations: readonly Violation[],
  places: Readonly<Record<string, string>>,
): Violation[] {
  return violations.flatMap((violation) => {
    const prefix = Object.keys(places).find((candidate) => violation.path.startsWith(candidate));
    if (prefix === undefined) return under("spec", [violation]);
    return [
      { ...violation, path: `${places[prefix] ?? ""}${violation.path.slice(prefix.length)}` },
    ];
  });
}

export const SYNCHRONOUS_PLACES = { synchronous: "spec.postgresql.synchronous" };

/** Name, tag and digest of an image: `registry:5000/name:tag@sha256:...`. */
export function imageParts(image: string): { name: string; tag?: string; digest?: string } {
  const [tagged = "", digest] = image.split("@", 2);
  const colon = tagged.indexOf(":", tagged.lastIndexOf("/") + 1);
  return {
    name: colon < 0 ? tagged : tagged.slice(0, colon),
    ...(colon >= 0 && { tag: tagged.slice(colon + 1) }),
    ...(digest !== undefined && { digest }),
  };
}

/** PostgreSQL's major version, from the tag of its image. */
export function majorOf(image: string): number | undefined {
  const [, major] = /^(\d+)/.exec(imageParts(image).tag ?? "") ?? [];
  return major === undefined ? undefined : Number(major);
}

/** What says a cluster's major version: its image, or what it asks of a catalogue. */
export function versionOf(cluster: Resource): { place: Part; major: number | undefined } {
  const image = specOf(cluster).at("imageName");
  if (image.isSet) return { place: image, major: majorOf(image.text ?? "") };
  const place = specOf(cluster).at("imageCatalogRef", "major");
  return { place, major: place.number };
}
