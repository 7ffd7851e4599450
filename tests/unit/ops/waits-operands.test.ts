import { lineOf, obstaclesIn, type Observed } from "../../../ops/waits/obstacles.ts";
import { Patience } from "../../../ops/waits/patience.ts";

const NOW = new Date("2026-11-26T03:00:00Z");

const lines = (kind: string, name: string, status: Observed["status"]) =>
  obstaclesIn(
    [{ kind, metadata: { name, namespace: "databases" }, ...(status && { status }) }],
    NOW,
  ).map(lineOf);

const REMEDY = "To change it: create it in this namespace, or correct the argument that names it.";

describe("a Secret that is missing is named", () => {
  test("of a role, in the instance's words", () => {
    const message = 'secrets "reader-login" not found';
    expect(lines("DatabaseRole", "main-reader", { applied: false, message })).toEqual([
      `waiting: role main-reader in databases: secrets "reader-login" not found. ${REMEDY}`,
    ]);
  });

  test("of certificates, in the operator's", () => {
    const status = {
      phase: "Unable to create required cluster objects",
      phaseReason: 'missing specified server TLS secret main-tls: secrets "main-tls" not found',
    };
    expect(lines("Cluster", "main", status)).toEqual([
      "waiting: cluster main in databases: Unable to create required cluster objects: missing specified server TLS secret " +
        `main-tls: secrets "main-tls" not found. ${REMEDY}`,
    ]);
  });

  test.each([
    ["of a variable", "CreateContainerConfigError", 'secret "shop-token" not found'],
    ["of a variable from a ConfigMap", "CreateContainerConfigError", 'configmap "shop" not found'],
  ])("%s, in the kubelet's", (_, reason, message) => {
    const containerStatuses = [{ name: "postgres", state: { waiting: { reason, message } } }];
    expect(lines("Pod", "main-1", { phase: "Pending", containerStatuses })).toEqual([
      `waiting: pod main-1 in databases: ${reason}: ${message}. ${REMEDY}`,
    ]);
  });

  test("of a file, by the event about its volume", () => {
    const pod = {
      kind: "Pod",
      metadata: { name: "main-1", namespace: "databases" },
      status: { phase: "Pending" },
    };
    const event = {
      kind: "Event",
      metadata: { name: "main-1.1", namespace: "databases" },
      reason: "FailedMount",
      message:
        'MountVolume.SetUp failed for volume "projected" : secret "foreign-servers" not found',
      lastTimestamp: NOW.toISOString(),
      involvedObject: { kind: "Pod", name: "main-1" },
    };
    expect(obstaclesIn([pod, event], NOW).map(lineOf)).toEqual([
      'waiting: pod main-1 in databases: MountVolume.SetUp failed for volume "projected" : secret "foreign-servers" not ' +
        `found. ${REMEDY}`,
    ]);
  });

  test("and so is a key that it does not have", () => {
    const message = "couldn't find key password in Secret databases/app-login";
    const waiting = { reason: "CreateContainerConfigError", message };
    const containerStatuses = [{ name: "bootstrap", state: { waiting } }];
    expect(lines("Pod", "main-1-initdb-x", { phase: "Pending", containerStatuses })).toEqual([
      `waiting: pod main-1-initdb-x in databases: CreateContainerConfigError: ${message}. To change it: add the key, or ` +
        "correct the argument.",
    ]);
  });
});

test("a role is told at once, since its instance looks at it again only after half a minute", () => {
  const status = { applied: false, message: 'secrets "reader-login" not found' };
  const metadata = { name: "main-reader", namespace: "databases" };
  const obstacles = obstaclesIn([{ kind: "DatabaseRole", metadata, status }], NOW);
  expect(new Patience().take(obstacles, NOW.getTime()).fresh).toEqual(obstacles.map(lineOf));
});

test("a database that is not applied is told with the reason", () => {
  const message = 'while creating extension "vectors": extension "vectors" is not available';
  expect(lines("Database", "main-audit", { applied: false, message })).toEqual([
    `waiting: database main-audit in databases: ${message}.`,
  ]);
});

test.each<[string, string, Observed["status"]]>([
  ["a role that is applied", "DatabaseRole", { applied: true, message: "" }],
  ["a role that nobody has looked at", "DatabaseRole", undefined],
  [
    "a role whose Secret the instance may not read yet",
    "DatabaseRole",
    {
      applied: false,
      message:
        'secrets "main-reader-verifier" is forbidden: User "system:serviceaccount:databases:main" cannot get resource "secrets"',
    },
  ],
  ["a cluster that is being created", "Cluster", { phase: "Setting up primary", phaseReason: "" }],
])("%s is not told", (_, kind, status) => {
  expect(lines(kind, "main-reader", status)).toEqual([]);
});
