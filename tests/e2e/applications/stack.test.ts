/** A stack in a namespace that exists, with Secrets of its own file, and what each team may do there. */
import { createCipheriv, publicEncrypt, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventually, npmRun, npmRunOk, root } from "../support/commands";
import { apply, direct, directOk } from "../support/direct";
import { databaseSize, operatorSize, podSize } from "../support/sizes";
import { EncryptedFile } from "./encrypted-file";

const minute = 60_000;

jest.setTimeout(10 * minute);

const stack = ["--stack", "shop"];
const file = new EncryptedFile("shop", "of-this-test-alone");

const login = (username: string) => ({ data: { username } });
const subject = (kind: string, name: string) => ({ kind, name });

const config = {
  "kubernetes:enableSecretMutable": "true",
  "ha-postgres:namespace": { name: "shop", create: false },
  "ha-postgres:namespaces": { audit: { labels: { "example.com/team": "audit" } }, spare: {} },
  "ha-postgres:platform": {
    cloudNativePg: operatorSize,
    sealedSecrets: { resources: podSize },
  },
  "ha-postgres:secrets": { "shop-login": login("app"), "reader-login": login("reader") },
  "ha-postgres:access": {
    admins: [subject("Group", "dba")],
    operators: [subject("Group", "on-call")],
    viewers: [
      subject("User", "auditor"),
      { ...subject("ServiceAccount", "board"), namespace: "shop" },
    ],
    secrets: ["shop-login"],
  },
  "ha-postgres:clusters": {
    main: {
      ...databaseSize,
      instances: 1,
      database: { ownerSecret: "shop-login" },
      roles: [
        { name: "reader", login: true, passwordSecret: "reader-login", inRoles: ["pg_monitor"] },
      ],
    },
    ledger: { ...databaseSize, instances: 1, namespace: "audit" },
  },
};

/** The namespace as its owner made it. */
const shop = {
  apiVersion: "v1",
  kind: "Namespace",
  metadata: {
    name: "shop",
    labels: { "example.com/team": "shop" },
    annotations: { "example.com/owner": "jane" },
  },
};
const own = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "of-the-owner", namespace: "shop" },
  data: { key: "value" },
};

/** Beside what the components allow, as the guide has it: the sandbox's API server comes by one of these addresses. */
const forApiServer = {
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "api-server", namespace: "shop" },
  spec: {
    podSelector: { matchLabels: { "cnpg.io/cluster": "main", "cnpg.io/podRole": "instance" } },
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ ipBlock: { cidr: "10.200.0.0/24" } }], ports: [{ port: 8000 }] }],
  },
};

const up = () => npmRunOk("up", ...stack, "--config-file", file.path);

/** Who connects with a password, over TLS through the service. */
async function loggedInWith(user: string, password: string): Promise<string> {
  const uri = `postgresql://${user}:${password}@main-rw:5432/app?sslmode=require`;
  const inPod = ["exec", "main-1", "--namespace=shop", "--container=postgres", "--"];
  const { output, all, code } = await direct(
    ...[...inPod, "psql", uri, "--no-psqlrc", "-tAc", "SELECT current_user"],
  );
  return code === 0 ? output.trim() : all;
}

async function metadataOf(namespace: string) {
  const { metadata } = JSON.parse(
    await directOk("get", "namespace", namespace, "--output=json"),
  ) as { metadata: { labels: object; annotations?: Record<string, string>; uid: string } };
  const { labels, uid, annotations } = metadata;
  return { labels, uid, owner: annotations?.["example.com/owner"] };
}

/** A value for one Secret, sealed as kubeseal does it. */
function sealedFor(place: string, value: string, certificate: string): string {
  const session = randomBytes(32);
  const key = publicEncrypt(
    { key: certificate, oaepHash: "sha256", oaepLabel: Buffer.from(place) },
    session,
  );
  const length = Buffer.alloc(2);
  length.writeUInt16BE(key.length);
  const cipher = createCipheriv("aes-256-gcm", session, Buffer.alloc(12));
  const encrypted = [cipher.update(value, "utf8"), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([length, key, ...encrypted]).toString("base64");
}

/** What `kubeseal --fetch-cert` prints. */
async function sealingCertificate(): Promise<string> {
  const encoded = await directOk(
    ...["get", "secrets", "--namespace=sealed-secrets"],
    ...["--selector=sealedsecrets.bitnami.com/sealed-secrets-key=active"],
    "--output=jsonpath={.items[0].data.tls\\.crt}",
  );
  return Buffer.from(encoded, "base64").toString();
}

describe("A stack in a namespace that exists", () => {
  let before: Awaited<ReturnType<typeof metadataOf>>;

  beforeAll(async () => {
    await npmRunOk("sandbox", "stop");
    file.write(config);
  }, 60 * minute);

  afterAll(async () => {
    delete process.env["PULUMI_CONFIG_PASSPHRASE"];
    await npmRunOk("sandbox", "stop");
    file.remove();
  });

  test("is refused while there is no such namespace, before anything is created", async () => {
    const { code, all } = await npmRun("up", ...stack, "--config-file", file.path);
    expect(code).toBe(1);
    expect(all).toContain(
      'namespace.name = "shop": must exist, since the stack does not create it (create: false). Create it: kubectl create namespace shop.',
    );
    expect(await directOk("get", "namespace", "cnpg-system", "--ignore-not-found")).toBe("");
  });

  test("is refused with a password in plain text, which is not shown", async () => {
    await apply(shop, own);
    before = await metadataOf("shop");
    const plain = { "shop-login": { data: { username: "app", password: "hunter-2-plain" } } };
    file.write({ ...config, "ha-postgres:secrets": plain });
    const { code, all } = await npmRun("up", ...stack, "--config-file", file.path);
    expect(code).toBe(1);
    expect(all).toContain("must not be in plain text in the stack's file");
    expect(all).not.toContain("hunter-2-plain");
  });

  test("is deployed with encrypted ones, and needs the passphrase of its file", async () => {
    file.write(config);
    file.init();
    file.setSecret('ha-postgres:secrets["shop-login"].data.password', "first-Password-of-app-1");
    file.setSecret('ha-postgres:secrets["reader-login"].data.password', "Password-of-reader-2468");
    const { all } = await npmRun("up", ...stack, "--config-file", file.path);
    expect(all).toContain("Set PULUMI_CONFIG_PASSPHRASE");

    process.env["PULUMI_CONFIG_PASSPHRASE"] = file.passphrase;
    const shown = await up();
    expect(shown).toContain("Cluster main in shop");
    expect(shown).toContain("Cluster ledger in audit");
    expect(shown).not.toMatch(/first-Password-of-app-1|Password-of-reader-2468/);
  });

  test("logs in with them: the owner and a role", async () => {
    expect(await loggedInWith("app", "first-Password-of-app-1")).toBe("app");
    expect(await loggedInWith("reader", "Password-of-reader-2468")).toBe("reader");
    const answer = await npmRunOk(
      "psql",
      ...stack,
      "--cluster",
      "main",
      "-tAc",
      "SELECT current_user",
    );
    expect(answer.trim()).toBe("app");
  });

  test("has changed nothing of the namespace, and labels its own", async () => {
    expect(await metadataOf("shop")).toEqual(before);
    expect((await metadataOf("audit")).labels).toMatchObject({
      "example.com/team": "audit",
      "pod-security.kubernetes.io/enforce": "restricted",
    });
  });

  test("has no changes when it is previewed again", async () => {
    await npmRunOk("pulumi", ...stack, "preview", "--expect-no-changes");
  });

  test("may protect a database in it: what holds the database is not the stack's to protect", async () => {
    const setting = "ha-postgres:clusters.main.deletionProtection";
    const profile = readFileSync(join(root, "policy", "profiles", "dev.json"), "utf8");
    const policies = join(file.folder, "policies.json");
    writeFileSync(
      policies,
      JSON.stringify({ ...(JSON.parse(profile) as object), "holders-protected": "mandatory" }),
    );
    const pack = ["--policy-pack", join(root, "policy"), "--policy-pack-config", policies];
    await npmRunOk("pulumi", ...stack, "config", "set", "--path", setting, "true");
    const protectedOne = await npmRun("pulumi", ...stack, "preview", ...pack);
    await npmRunOk("pulumi", ...stack, "config", "set", "--path", setting, "false");
    // Those that CloudNativePG's chart has put there are another matter.
    expect(protectedOne.all).not.toMatch(/holders-protected .*Namespace: databases\)/);
    expect(protectedOne.all).toContain("Policies:");
  });

  const teams = {
    nobody: ["--as=somebody"],
    viewer: ["--as=auditor"],
    board: ["--as=system:serviceaccount:shop:board"],
    operator: ["--as=jane", "--as-group=on-call"],
    admin: ["--as=john", "--as-group=dba"],
  };

  /** What everybody may do: nobody in a list, a viewer, a program, an operator, an admin. */
  const rights: [question: string, ...answers: string[]][] = [
    ["get clusters.postgresql.cnpg.io", "no", "yes", "yes", "yes", "yes"],
    ["watch poolers.postgresql.cnpg.io", "no", "yes", "yes", "yes", "yes"],
    ["list backups.postgresql.cnpg.io", "no", "yes", "yes", "yes", "yes"],
    ["list pods", "no", "yes", "yes", "yes", "yes"],
    ["get pods --subresource=log", "no", "no", "no", "yes", "yes"],
    ["get pods --subresource=proxy", "no", "no", "no", "yes", "yes"],
    ["create backups.postgresql.cnpg.io", "no", "no", "no", "yes", "yes"],
    ["patch clusters.postgresql.cnpg.io", "no", "no", "no", "yes", "yes"],
    ["patch clusters.postgresql.cnpg.io --subresource=status", "no", "no", "no", "yes", "yes"],
    ["delete pods", "no", "no", "no", "yes", "yes"],
    ["create clusters.postgresql.cnpg.io", "no", "no", "no", "no", "yes"],
    ["delete clusters.postgresql.cnpg.io", "no", "no", "no", "no", "yes"],
    ["update poolers.postgresql.cnpg.io", "no", "no", "no", "no", "yes"],
    ["delete backups.postgresql.cnpg.io", "no", "no", "no", "no", "yes"],
    ["get secrets/shop-login", "no", "no", "no", "no", "yes"],
    ["get secrets/reader-login", "no", "no", "no", "no", "no"],
    ["list secrets", "no", "no", "no", "no", "no"],
    ["create pods --subresource=exec", "no", "no", "no", "no", "no"],
    ["create pods", "no", "no", "no", "no", "no"],
    ["create rolebindings.rbac.authorization.k8s.io", "no", "no", "no", "no", "no"],
  ];

  test.each(rights)("can %s", async (question, ...answers) => {
    const asked = await Promise.all(
      Object.values(teams).map((as) =>
        direct("auth", "can-i", ...question.split(" "), ...as, "--namespace=shop"),
      ),
    );
    expect(asked.map(({ output }) => output.trim())).toEqual(answers);
  });

  test("gives the same in its other namespace, and nothing elsewhere", async () => {
    const may = async (namespace: string) =>
      (
        await direct(
          ...["auth", "can-i", "patch", "clusters.postgresql.cnpg.io", ...teams.operator],
          `--namespace=${namespace}`,
        )
      ).output.trim();
    expect(await may("audit")).toBe("yes");
    expect(await may("default")).toBe("no");
  });

  test("lets an operator restart a cluster, and not delete it", async () => {
    const asOperator = ["--namespace=shop", ...teams.operator];
    const main = "clusters.postgresql.cnpg.io/main";
    // What `kubectl cnpg restart` and `status` send.
    const restarted = `kubectl.kubernetes.io/restartedAt=${new Date().toISOString()}`;
    await directOk("annotate", main, restarted, ...asOperator);
    const deleted = await direct("delete", main, ...asOperator);
    expect(deleted.all).toMatch(/forbidden: User "jane" cannot delete/);
    const status = "/api/v1/namespaces/shop/pods/https:main-1:8000/proxy/pg/status";
    const asViewer = await direct("get", "--raw", status, ...teams.viewer);
    expect(asViewer.all).toMatch(/forbidden: User "auditor" cannot get resource "pods\/proxy"/);
    // The NetworkPolicy of a cluster is about the API server as well, which asks for whoever may.
    await apply(forApiServer);
    await eventually(
      () => direct("get", "--raw", status, ...teams.operator),
      ({ code, output }) => code === 0 && output.includes('"isPrimary":true'),
      2 * minute,
    );
    await directOk("delete", "networkpolicy", "api-server", "--namespace=shop");
  });

  test("takes a new password at once, without a restart", async () => {
    const uid = ["get", "pod", "main-1", "--namespace=shop", "--output=jsonpath={.metadata.uid}"];
    const pod = await directOk(...uid);
    file.setSecret('ha-postgres:secrets["shop-login"].data.password', "second-Password-of-app-2");
    await up();
    await eventually(
      () => loggedInWith("app", "second-Password-of-app-2"),
      (answer) => answer === "app",
      minute,
    );
    expect(await loggedInWith("app", "first-Password-of-app-1")).toContain(
      "password authentication failed",
    );
    expect(await directOk(...uid)).toBe(pod);
  });

  test("logs in with a Secret whose sealed values are in its file", async () => {
    const certificate = await sealingCertificate();
    const values = { username: "sealed", password: "Password-that-was-sealed-97" };
    for (const [key, value] of Object.entries(values)) {
      const sealed = sealedFor("shop/sealed-login", value, certificate);
      // A sealed value looks like a secret to the engine, and is none.
      file.set(`ha-postgres:secrets["sealed-login"].sealed.${key}`, sealed, "--plaintext");
    }
    const role = "ha-postgres:clusters.main.roles[1]";
    file.set(`${role}.name`, "sealed");
    file.set(`${role}.login`, "true");
    file.set(`${role}.passwordSecret`, "sealed-login");
    await up();
    expect(await loggedInWith("sealed", values.password)).toBe("sealed");
  });

  test("hands a namespace over when it shall no longer create it", async () => {
    const spare = await metadataOf("spare");
    file.set("ha-postgres:namespaces.spare.create", "false");
    await up();
    expect(await metadataOf("spare")).toEqual(spare);
  });

  test("leaves the namespace as it was when it is destroyed, and takes its own along", async () => {
    await npmRunOk("pulumi", ...stack, "destroy", "--yes", "--skip-preview");
    expect(await metadataOf("shop")).toEqual(before);
    const left = await directOk(
      ...["get", "secrets,roles,rolebindings,configmaps", "--namespace=shop", "--output=name"],
    );
    expect(left.trim().split("\n").sort()).toEqual([
      "configmap/kube-root-ca.crt",
      "configmap/of-the-owner",
    ]);
    expect(await directOk("get", "namespace", "audit", "--ignore-not-found")).toBe("");
    // It was handed over.
    expect(await directOk("get", "namespace", "spare", "--output=name")).toBe("namespace/spare\n");
  });
});
