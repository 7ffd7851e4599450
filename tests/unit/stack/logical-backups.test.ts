import { runProgram, type Run } from "../support/program-run";
import { only } from "../support/registrations";

const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const CRON_JOB = "kubernetes:batch/v1:CronJob";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const OBJECT_STORE = "kubernetes:barmancloud.cnpg.io/v1:ObjectStore";
const STORE = "ha-postgres:index:S3CompatibleStore";
const ROLE = "aws:iam/role:Role";

jest.mock("../../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../support/small-definitions"),
);

const PLATFORM = { certManager: {}, barmanCloudPlugin: {} };
const MAIN = { storage: { size: "10Gi" } };

async function run(config: Record<string, unknown>): Promise<Run> {
  const done = await runProgram({ "ha-postgres:platform": PLATFORM, ...config });
  expect(done.error).toBeUndefined();
  return done;
}

interface Pod {
  initContainers: { name: string; image: string; env: { name: string }[] }[];
  containers: { args: string[] }[];
}

function podOf({ registered }: Pick<Run, "registered">, name: string): Pod {
  const { spec } = only(registered, CRON_JOB, name).inputs as {
    spec: { jobTemplate: { spec: { template: { spec: Pod } } } };
  };
  return spec.jobTemplate.spec.template.spec;
}

describe("A stack with a store at Google", () => {
  let stack: Run;

  beforeAll(async () => {
    stack = await run({
      "ha-postgres:backups": {
        store: {
          destinationPath: "gs://backups",
          google: { applicationCredentials: { name: "gcs", key: "key.json" } },
        },
      },
      "ha-postgres:secrets": { gcs: { external: true } },
      "ha-postgres:clusters": {
        main: {
          ...MAIN,
          version: 17,
          networkPolicy: { clients: [{ podSelector: { matchLabels: { app: "shop" } } }] },
          databases: [{ name: "reports", owner: "reporting" }],
          roles: [{ name: "reporting", login: true, password: "generated" }],
        },
      },
      "ha-postgres:logicalBackups": {
        app: { cluster: "main", backupName: "app-dump" },
        reports: { cluster: "main", database: "reports", retention: "1w" },
      },
    });
  });

  test("archives there", () => {
    expect(only(stack.registered, OBJECT_STORE).inputs["spec"]).toMatchObject({
      configuration: {
        destinationPath: "gs://backups",
        googleCredentials: { applicationCredentials: { name: "gcs", key: "key.json" } },
      },
    });
  });

  test("dumps the first database as its owner, to the same store", () => {
    const { initContainers, containers } = podOf(stack, "app-dump");
    const { image, env } = initContainers[1] ?? { image: "", env: [] };
    expect(only(stack.registered, CLUSTER).inputs["spec"]).toMatchObject({ imageName: image });
    expect(env).toEqual(
      expect.arrayContaining([
        { name: "PGHOST", value: "main-ro.databases.svc,main-rw.databases.svc" },
        { name: "PGDATABASE", value: "app" },
        { name: "PGPASSWORD", valueFrom: { secretKeyRef: { name: "main-app", key: "password" } } },
      ]),
    );
    expect(containers[0]?.args).toEqual([
      "--cloud-provider=google-cloud-storage",
      "--retention-days=30",
      "gs://backups",
      "logical/databases/main/app-dump-1f0c9a2e",
    ]);
  });

  test("dumps another one as the role that owns it", () => {
    const { initContainers, containers } = podOf(stack, "reports-dump");
    expect(initContainers[1]?.env).toEqual(
      expect.arrayContaining([
        { name: "PGDATABASE", value: "reports" },
        {
          name: "PGPASSWORD",
          valueFrom: { secretKeyRef: { name: "main-reporting", key: "password" } },
        },
      ]),
    );
    expect(containers[0]?.args).toContain("--retention-days=7");
  });

  test("admits their pods, since its clients are named", () => {
    const { ingress } = only(stack.registered, NETWORK_POLICY).inputs["spec"] as {
      ingress: { from: { podSelector?: { matchLabels?: Record<string, string> } }[] }[];
    };
    const instances = ingress.flatMap(({ from }) =>
      from.flatMap(({ podSelector }) =>
        podSelector?.matchLabels?.["app.kubernetes.io/component"] === "logical-backup"
          ? [podSelector.matchLabels["app.kubernetes.io/instance"]]
          : [],
      ),
    );
    expect(instances).toEqual(["app-dump", "reports"]);
  });
});

test("In a stack with a role of AWS the role trusts the account of the dumps", async () => {
  const { registered } = await run({
    "ha-postgres:backups": {
      awsS3: {
        role: {
          oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/oidc.eks.example.com/id/A",
        },
      },
    },
    "ha-postgres:clusters": { main: MAIN },
    "ha-postgres:logicalBackups": { app: { cluster: "main" } },
  });
  const { assumeRolePolicy } = only(registered, ROLE).inputs as { assumeRolePolicy: unknown };
  expect(JSON.stringify(assumeRolePolicy)).toContain("system:serviceaccount:databases:app");
  expect(JSON.stringify(assumeRolePolicy)).toContain("system:serviceaccount:databases:main");
});

test("A namespace whose only users of the stack's store are dumps has the store, too", async () => {
  const { registered } = await run({
    "ha-postgres:backups": {
      s3Compatible: {
        endpointUrl: "https://s3.example",
        bucketName: "backups",
        credentialsSecret: { name: "spaces" },
      },
    },
    "ha-postgres:secrets": { spaces: { external: true, namespaces: ["databases", "shop"] } },
    "ha-postgres:namespaces": { shop: {} },
    "ha-postgres:clusters": { main: { ...MAIN, namespace: "shop", backup: false } },
    "ha-postgres:logicalBackups": { app: { cluster: "main" } },
  });
  expect(only(registered, STORE, "backups-shop").inputs).toEqual({});
  const [, option, , address] = podOf({ registered }, "app-dump").containers[0]?.args ?? [];
  expect([option, address]).toEqual(["--endpoint-url=https://s3.example", "s3://backups"]);
});

test("Dumps are encrypted as base backups are, unless they have a store of their own", async () => {
  const done = await run({
    "ha-postgres:backups": { awsS3: { user: {} } },
    "ha-postgres:clusters": { main: { ...MAIN, backup: { encryption: "AES256" } } },
    "ha-postgres:logicalBackups": {
      same: { cluster: "main" },
      other: { cluster: "main", store: { destinationPath: "gs://dumps", google: {} } },
      own: { cluster: "main", encryption: "aws:kms" },
    },
  });
  const encryptions = ["same", "other", "own"].map((name) =>
    podOf(done, `${name}-dump`).containers[0]?.args.filter((arg) => arg.includes("encryption")),
  );
  expect(encryptions).toEqual([["--encryption=AES256"], [], ["--encryption=aws:kms"]]);
});
