import { below } from "../../../ops/waits/below.ts";
import { withError } from "../../../ops/waits/creation.ts";
import { lineOf, obstaclesIn, type Observed } from "../../../ops/waits/obstacles.ts";
import { Patience } from "../../../ops/waits/patience.ts";

const NOW = new Date("2026-11-26T03:00:00Z");

function pod(name: string, status: Observed["status"]): Observed {
  return {
    kind: "Pod",
    metadata: { name, namespace: "databases" },
    status: { phase: "Pending", ...status },
  };
}

function unscheduled(message: string): Observed {
  return pod("main-1-initdb-x", {
    conditions: [{ type: "PodScheduled", status: "False", message }],
  });
}

function event(kind: string, name: string, reason: string, message: string, at = NOW): Observed {
  return {
    kind: "Event",
    metadata: { name: `${name}.1`, namespace: "databases" },
    reason,
    message,
    lastTimestamp: at.toISOString(),
    involvedObject: { kind, name },
  };
}

describe("a pod that fits no node", () => {
  test.each([
    [
      "nodes without zones",
      "0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints (missing required label). preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
      "0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints (missing required label)",
      /label the nodes with topology\.kubernetes\.io\/zone, or set placement\.zoneSpread to preferred$/,
    ],
    [
      "too few zones",
      "0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints.",
      undefined,
      /^add nodes in other zones, or set placement\.zoneSpread to preferred/,
    ],
    [
      "too few nodes",
      "0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.",
      undefined,
      /placement\.hostSpread to preferred$/,
    ],
    [
      "small nodes",
      "0/3 nodes are available: 2 Insufficient cpu, 3 Insufficient memory.",
      undefined,
      /set smaller resources$/,
    ],
    [
      "a selector that selects nothing",
      "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.",
      undefined,
      /placement\.nodeSelector/,
    ],
    [
      "a taint",
      "0/1 nodes are available: 1 node(s) had untolerated taint {dedicated: gpu}.",
      undefined,
      /placement\.tolerations/,
    ],
  ])(
    "for %s is reported with the scheduler's message and the argument",
    (_, message, why, remedy) => {
      expect(obstaclesIn([unscheduled(message)], NOW)).toEqual([
        {
          what: "pod main-1-initdb-x in databases",
          why: why ?? message,
          remedy: expect.stringMatching(remedy) as string,
        },
      ]);
    },
  );

  test("for two reasons is reported with both arguments", () => {
    const [found] = obstaclesIn(
      [
        unscheduled(
          "0/3 nodes are available: 1 Insufficient memory, 2 node(s) didn't match pod anti-affinity rules.",
        ),
      ],
      NOW,
    );
    expect(found?.remedy).toMatch(/hostSpread.*; .*resources/);
  });

  test("for an unknown reason is reported without an argument", () => {
    expect(obstaclesIn([unscheduled("the moon is full")], NOW)).toEqual([
      { what: "pod main-1-initdb-x in databases", why: "the moon is full" },
    ]);
  });
});

describe("another waiting object", () => {
  const waiting = (reason: string, message?: string) =>
    pod("main-1", {
      containerStatuses: [
        {
          name: "postgres",
          state: { waiting: { reason, ...(message !== undefined && { message }) } },
        },
      ],
    });

  test("a container is reported with its reason, unless it is starting", () => {
    expect(obstaclesIn([waiting("ImagePullBackOff", "no such image")], NOW)).toEqual([
      {
        what: "pod main-1 in databases",
        why: "ImagePullBackOff: no such image",
        remedy: "set image or mirror.images to what the nodes can pull",
      },
    ]);
    expect(obstaclesIn([waiting("ContainerCreating")], NOW)).toEqual([]);
  });

  test("a pod that cannot mount is reported with its last event", () => {
    const events = [
      event("Pod", "main-1", "FailedMount", "new"),
      event("Pod", "main-1", "FailedMount", "old", new Date(0)),
      event("Pod", "main-2", "FailedMount", "another's"),
    ];
    const found = obstaclesIn([waiting("ContainerCreating"), ...events], NOW);
    expect(found.map(({ why }) => why)).toEqual(["new"]);
  });

  test("a claim without a StorageClass is reported with the argument, one that waits for its pod is not", () => {
    const claim = (name: string): Observed => ({
      kind: "PersistentVolumeClaim",
      metadata: { name, namespace: "databases" },
      status: { phase: "Pending" },
    });
    const why = "no persistent volumes available for this claim and no storage class is set";
    const found = obstaclesIn(
      [
        claim("main-1"),
        event("PersistentVolumeClaim", "main-1", "FailedBinding", why),
        claim("main-2"),
        event("PersistentVolumeClaim", "main-2", "WaitForFirstConsumer", "waiting"),
      ],
      NOW,
    );
    expect(found).toEqual([
      {
        what: "volume claim main-1 in databases",
        why,
        remedy: "set storage.storageClass, or make a StorageClass the default",
      },
    ]);
  });

  test("a refused pod is reported with its controller's event, while it is recent", () => {
    const message = 'pods "main-1-initdb" is forbidden: exceeded quota: small';
    expect(
      obstaclesIn([event("Job", "main-1-initdb", "FailedCreate", message)], NOW),
    ).toMatchObject([{ what: "Job main-1-initdb in databases", why: message }]);
    const old = event("Job", "main-1-initdb", "FailedCreate", message, new Date(0));
    expect(obstaclesIn([old], NOW)).toEqual([]);
  });

  test("a pod that runs waits for nothing", () => {
    expect(obstaclesIn([pod("main-1", { phase: "Running" })], NOW)).toEqual([]);
  });
});

describe("an obstacle", () => {
  const obstacle = { what: "pod main-1 in databases", why: "no node.", remedy: "add one" };
  const line = "waiting: pod main-1 in databases: no node. To change it: add one.";

  test("is a line", () => {
    expect(lineOf(obstacle)).toBe(line);
  });

  test("is reported within a minute if it lasts, once, and again after minutes", () => {
    const patience = new Patience();
    const told = Array.from({ length: 60 }, (_, step) => ({
      at: step * 10,
      fresh: patience.take([obstacle], step * 10_000).fresh,
    })).filter(({ fresh }) => fresh.length > 0);
    expect(told.map(({ at }) => at)).toEqual([20, 320]);
    expect(told[0]?.fresh).toEqual([line]);
  });

  test("that resolves itself is not reported, and one that returns is new", () => {
    const patience = new Patience();
    for (const step of [0, 1, 3, 4]) {
      const { fresh } = patience.take(step === 3 ? [] : [obstacle], step * 10_000);
      expect(fresh).toEqual([]);
    }
  });

  test("is shown below a display without moving its cursor", () => {
    expect(below([], {})).toBe("");
    expect(below(["x".repeat(30)], { columns: 21 })).toBe(
      `\n\n\n\u001b[3A\u001b7\r\n\u001b[J${"x".repeat(20)}\r\n${"x".repeat(10)}\u001b8`,
    );
  });
});

describe("an instance that cannot be created", () => {
  const failed = (role: string): Observed => ({
    kind: "Pod",
    metadata: {
      name: `main-1-${role}-x`,
      namespace: "databases",
      labels: { "cnpg.io/jobRole": role, "cnpg.io/cluster": "main" },
    },
    status: { phase: "Failed" },
  });
  const log = [
    '{"level":"info","msg":"Executing post-init SQL instructions"}',
    "not JSON",
    '{"level":"error","msg":"Error while bootstrapping data directory","error":"ERROR: relation \\"wrods\\" does not exist (SQLSTATE 42P01)"}',
    '{"level":"info","msg":"Stopped"}',
  ].join("\n");

  test("is told with the last error of its log, and how to begin anew", () => {
    const [obstacle] = obstaclesIn([withError(failed("initdb"), log)], NOW);
    expect(obstacle && lineOf(obstacle)).toBe(
      "waiting: pod main-1-initdb-x in databases: Error while bootstrapping data directory: ERROR: relation " +
        '"wrods" does not exist (SQLSTATE 42P01). To change it: correct it, end this run, delete the cluster, which ' +
        "contains nothing yet (kubectl delete cluster.postgresql.cnpg.io main --namespace=databases), and deploy again.",
    );
  });

  describe("from SQL of which a part is in a Secret", () => {
    const mounted = (name: string, source: object): Observed => ({
      ...failed("initdb"),
      spec: { volumes: [{ name: "pgdata" }, { name, ...source }] },
    });
    const secretly = (error: string) =>
      obstaclesIn(
        [
          withError(
            mounted("0-post-init-application-sql", { secret: { secretName: "platform" } }),
            JSON.stringify({ level: "error", msg: "Error while bootstrapping", error }),
          ),
        ],
        NOW,
      )[0]?.why;
    const unsaid =
      "whose words are not shown because SQL is in a Secret (kubectl logs main-1-initdb-x --namespace=databases " +
      "shows them)";

    test("is told by its SQLSTATE alone", () => {
      const hidden = `Error while bootstrapping: SQLSTATE 42601, ${unsaid}`;
      expect(secretly('ERROR: syntax error at or near "hunter2" (SQLSTATE 42601)')).toBe(hidden);
      expect(secretly("ERROR: hunter2 (SQLSTATE HUNTR) (SQLSTATE 42601)")).toBe(hidden);
    });

    test("is not told without one", () => {
      expect(secretly("hunter2 (SQLSTATE 42601) is unexpected")).toBe(
        `Error while bootstrapping: an error, ${unsaid}`,
      );
    });

    test.each(["00-post-init-sql", "1-post-init-template-sql", "2-post-init-application-sql"])(
      "is known by its volume, %s",
      (name) => {
        const of = (source: object) =>
          obstaclesIn([withError(mounted(name, source), log)], NOW)[0]?.why;
        expect(of({ secret: {} })).toContain(`SQLSTATE 42P01, ${unsaid}`);
        expect(of({ configMap: {} })).toContain('relation "wrods" does not exist');
      },
    );

    test("is not meant by another Secret", () => {
      const [obstacle] = obstaclesIn([withError(mounted("files", { secret: {} }), log)], NOW);
      expect(obstacle?.why).toContain('relation "wrods" does not exist');
    });
  });

  test("is not told to be deleted where the operator tries again", () => {
    const [obstacle] = obstaclesIn([withError(failed("join"), log)], NOW);
    expect(obstacle?.remedy).toBe("see the log of the pod; the operator tries it again");
  });

  test("is not told before there is a log", () => {
    expect(obstaclesIn([withError(failed("initdb"), "")], NOW)).toEqual([]);
  });
});
