import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { only, registrations, secret, UNKNOWN, unknownOutput, valueOf } from "./registrations";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";

class Pair extends pulumi.ComponentResource {
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("test:index:Pair", name, {}, opts);
    const first = new k8s.core.v1.Secret(
      `${name}-first`,
      { stringData: { password: pulumi.secret("x") } },
      { parent: this, protect: true, deleteBeforeReplace: true },
    );
    new k8s.core.v1.ConfigMap(
      `${name}-second`,
      { data: { first: first.metadata.uid } },
      { parent: this, dependsOn: [first], customTimeouts: { create: "5m" } },
    );
    this.registerOutputs();
  }
}

const uid = (_: string, inputs: Record<string, unknown>) => ({
  metadata: { ...(inputs["metadata"] as object), uid: "42" },
});

describe("registrations", () => {
  test("shows parents, dependencies, options, secrets and computed outputs", async () => {
    const all = await registrations(() => new Pair("pair"), { outputs: uid });
    expect(all).toEqual([
      {
        id: "test:index:Pair::pair",
        type: "test:index:Pair",
        name: "pair",
        custom: false,
        inputs: {},
        dependsOn: [],
        aliases: [],
      },
      {
        id: "kubernetes:core/v1:Secret::pair-first",
        type: "kubernetes:core/v1:Secret",
        name: "pair-first",
        custom: true,
        parent: "test:index:Pair::pair",
        inputs: { apiVersion: "v1", kind: "Secret", stringData: secret({ password: "x" }) },
        dependsOn: [],
        aliases: [],
        protect: true,
        deleteBeforeReplace: true,
        additionalSecretOutputs: ["data", "stringData"],
      },
      {
        id: "kubernetes:core/v1:ConfigMap::pair-second",
        type: CONFIG_MAP,
        name: "pair-second",
        custom: true,
        parent: "test:index:Pair::pair",
        inputs: { apiVersion: "v1", kind: "ConfigMap", data: { first: "42" } },
        dependsOn: ["kubernetes:core/v1:Secret::pair-first"],
        aliases: [],
        customTimeouts: { create: "5m" },
      },
    ]);
  });

  test("in a preview, what is computed is unknown", async () => {
    let seen: pulumi.Output<string> | undefined;
    const all = await registrations(
      () => {
        new Pair("pair");
        seen = unknownOutput<string>();
        new k8s.core.v1.ConfigMap("third", { data: { given: seen } });
      },
      { preview: true, outputs: uid },
    );
    expect(only(all, CONFIG_MAP, "pair-second").inputs["data"]).toEqual({ first: UNKNOWN });
    expect(only(all, CONFIG_MAP, "third").inputs["data"]).toEqual({ given: UNKNOWN });
    expect(seen && (await valueOf(seen))).toBeUndefined();
  });

  test("an error inside an Output fails the program", async () => {
    const failing = pulumi.output(1).apply((): string => {
      throw new Error("one is not enough");
    });
    await expect(
      registrations(() => new k8s.core.v1.ConfigMap("broken", { data: { a: failing } })),
    ).rejects.toThrow("one is not enough");
  });

  test("an error in an Output that nobody uses fails the program as well", async () => {
    await expect(
      registrations(() => {
        pulumi.output(1).apply(() => {
          throw new Error("nobody listens");
        });
      }),
    ).rejects.toThrow("nobody listens");
  });

  test("an error of a constructor is the program's", async () => {
    await expect(
      registrations(() => {
        throw new Error("refused");
      }),
    ).rejects.toThrow("refused");
  });

  test("`only` tells what there is instead of what was asked for", async () => {
    const all = await registrations(() => new Pair("pair"));
    expect(() => only(all, "test:index:Other")).toThrow(
      "0 registrations of test:index:Other. There are:\n  test:index:Pair::pair",
    );
  });
});
