import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { mirroredImage } from "../../../../components/operators/release/mirror";
import { readDefinitions } from "../../../../components/kubernetes/definitions";

jest.mock("../../../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../../support/small-definitions"),
);

const MIRROR = { charts: "oci://registry.example/charts", images: "registry.example/mirror" };

/** Names of APIs, labels, drivers, files and Services that look like hosts. */
const NAMES =
  /(^|\.)(kubernetes\.io|cnpg\.io|cloudnative-pg\.io|rook\.io|ceph\.com|cert-manager\.io|chaos-mesh\.org|bitnami\.com|coreos\.com|pulumi\.com|k8s\.io|svc|local|databases|sql|sock)$/;

/** The hosts in the production stack with all other operators, everything from the mirror. */
async function registeredHosts(): Promise<Map<string, string>> {
  const file = join(__dirname, "../../../../Pulumi.prod.yaml");
  const { config } = parse(readFileSync(file, "utf8")) as { config: Record<string, object> };
  const everything = {
    ...config,
    "ha-postgres:mirror": MIRROR,
    "ha-postgres:platform": {
      ...config["ha-postgres:platform"],
      barmanCloudPlugin: {},
      traefik: {},
      chaosMesh: { dashboard: true },
    },
  };
  const hosts = new Map<string, string>();
  await jest.isolateModulesAsync(async () => {
    const pulumi = await import("@pulumi/pulumi");
    const { registrations } = await import("../../support/registrations.ts");
    pulumi.runtime.setAllConfig(
      Object.fromEntries(
        Object.entries(everything).map(([key, value]) => [
          key.replace(/^ha-postgres:/, "project:"),
          JSON.stringify(value),
        ]),
      ),
    );
    const all = await registrations(() => import("../../../../index.ts"), {
      outputs: (type) =>
        type.startsWith("tls:") ? { certPem: "certificate", privateKeyPem: "key" } : {},
    });
    const whole = ["chaos-mesh", "prometheus-operator", "sealed-secrets"]
      .flatMap(readDefinitions)
      .map(({ metadata, spec }) => ({ id: metadata.name, inputs: { metadata, spec } }));
    // The text of a program, whose comments name their sources.
    const isProgram = (id: string) => id.endsWith("ConfigMap::primary-watch-program");
    for (const { id, inputs } of [...all, ...whole].filter((one) => !isProgram(one.id))) {
      for (const text of texts(inputs)) {
        for (const [, host = ""] of text.matchAll(HOST)) {
          if (!NAMES.test(host)) hosts.set(host, `${id}: ${text.slice(0, 200)}`);
        }
      }
    }
  });
  return hosts;
}

/** A host before a path, with a port or after a scheme, or alone as a registry is. */
const HOST = /(?:^|[\s"'=,/@])((?:[a-z0-9-]+\.)+[a-z]{2,})(?=[:/]|$)/g;

/** Paths in objects and in a container, which look like names of hosts. */
const NO_HOSTS = new Set(["fieldPath", "command", "expression"]);

function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (NO_HOSTS.has(key) ? [] : texts(part)));
}

test("with a mirror, no other host is in the registered resources", async () => {
  const hosts = await registeredHosts();
  expect([...hosts.keys()]).toContain("registry.example");
  hosts.delete("registry.example");
  expect(Object.fromEntries(hosts)).toEqual({});
});

test.each([
  [
    "ghcr.io/cloudnative-pg/pgbouncer:1.25.1",
    "registry.example/mirror/cloudnative-pg/pgbouncer:1.25.1",
  ],
  ["localhost:5000/app@sha256:0", "registry.example/mirror/app@sha256:0"],
  ["library/traefik", "registry.example/mirror/library/traefik"],
  ["traefik:v3", "registry.example/mirror/library/traefik:v3"],
])("%s is pulled from %s", (image, mirrored) => {
  expect(mirroredImage(image, MIRROR)).toBe(mirrored);
  expect(mirroredImage(image, undefined)).toBe(image);
});
