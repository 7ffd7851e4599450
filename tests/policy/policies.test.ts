import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { unknownCheckingProxy, UnknownValueError, unknownStringValue } from "./support/library";
import { policyOf } from "../../policy/engine/policies";
import { type AnyRule, isStackRule } from "../../policy/engine/rule";
import { rules } from "../../policy/rules";
import { GOOD, goodStack } from "./support/good-stack";
import { changed, check } from "./support/pack";

const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";

function named(name: string): AnyRule {
  const rule = rules.find((one) => one.name === name);
  if (!rule) throw new Error(`There is no rule ${name}.`);
  return rule;
}

const alone = { type: CLUSTER, name: "main", object: { metadata: { namespace: "web" }, spec: {} } };

describe("an exemption", () => {
  const says = (configuration: object) =>
    check([named("cluster-instances")], [alone], { ...configuration }).map(
      ({ message }) => message,
    );
  const [message = ""] = says({});
  const reason = "A copy that can be made again";

  test("of the resource, by name, exempts it", () => {
    expect(says({ exemptions: [{ resource: "main", reason }] })).toEqual([]);
  });

  test("that has not expired applies", () => {
    expect(says({ exemptions: [{ resource: "main", reason, expires: "2999-12-31" }] })).toEqual([]);
  });

  test("that has expired is reported", () => {
    expect(says({ exemptions: [{ resource: "main", reason, expires: "2020-01-31" }] })).toEqual([
      `${message} (An exemption ended on 2020-01-31: ${reason})`,
    ]);
  });

  test.each([
    ["of another resource", { resource: "other", reason }],
    ["without a reason", { resource: "main", reason: " " }],
    ["until an invalid day", { resource: "main", reason, expires: "soon" }],
    ["of another type", "main"],
  ])("%s does not apply", (_, exemption) => {
    expect(says({ exemptions: [exemption] })).toEqual([message]);
  });

  test("of a namespace exempts its objects", () => {
    expect(says({ exemptNamespaces: ["web"] })).toEqual([]);
    expect(says({ exemptNamespaces: ["other"] })).toEqual([message]);
  });
});

test("settings are read from the configuration, and ignored if they have another type", () => {
  const says = (least: unknown) =>
    check([named("cluster-instances")], [{ ...alone, object: { spec: { instances: 4 } } }], {
      least,
    }).length;
  expect([says(5), says(4), says("5")]).toEqual([1, 0, 0]);
});

describe("a value that a preview does not know", () => {
  const object = changed(GOOD["main"]?.object, "spec.instances", unknownStringValue);
  const stack = goodStack().map((one) => (one.name === "main" ? { ...one, object } : one));

  test("is reported to the engine by every rule that needs it", () => {
    expect(() => check([named("cluster-instances")], stack)).toThrow(UnknownValueError);
    expect(() => check([named("anti-affinity")], stack)).toThrow(UnknownValueError);
  });

  test("does not affect the other rules", () => {
    expect(check([named("cluster-image"), named("cluster-scheduled")], stack)).toEqual([]);
  });

  test("does not hide what was found before it", () => {
    const half = { spec: { storage: {}, walStorage: { storageClass: unknownStringValue } } };
    const { validateResource } = policyOf(
      named("cluster-storage-class"),
    ) as ResourceValidationPolicy;
    const messages: string[] = [];
    const args = { type: CLUSTER, name: "a", urn: "a", opts: {}, getConfig: () => ({}) };
    const props = unknownCheckingProxy(half);
    expect(() => {
      (validateResource as (args: unknown, report: (message: string) => void) => void)(
        { ...args, props },
        (message) => messages.push(message),
      );
    }).toThrow(UnknownValueError);
    expect(messages).toHaveLength(1);
  });
});

describe("a label that a preview does not know", () => {
  const UNKNOWN_LABEL = "spec.podSelector.matchLabels.app";
  const unknown = (...names: string[]) =>
    goodStack().map((one) =>
      names.includes(one.name)
        ? { ...one, object: changed(one.object, UNKNOWN_LABEL, unknownStringValue) }
        : one,
    );

  test("prevents the check of one NetworkPolicy, but not of the others", () => {
    const ofCluster = named("cluster-network-policy");
    const ofPooler = named("pooler-network-policy");
    expect(check([ofCluster], unknown("poolerPolicy"))).toEqual([]);
    expect(check([ofPooler], unknown("networkPolicy"))).toEqual([]);
    expect(() => check([ofPooler], unknown("poolerPolicy"))).toThrow(UnknownValueError);
  });

  test("does not hide that another one allows all sources", () => {
    const stack = unknown("networkPolicy").map((one) =>
      one.name === "poolerPolicy"
        ? { ...one, object: changed(one.object, "spec.ingress", [{}]) }
        : one,
    );
    expect(reportsOf("network-policy-sources", stack)).toEqual({
      messages: [
        "spec.ingress[0].from = (not set): any source may reach PostgreSQL. Name the pods, namespaces or addresses of your clients.",
      ],
      error: expect.any(UnknownValueError) as unknown,
    });
  });

  /** The messages of a rule, and the error that it throws at the end. */
  function reportsOf(name: string, stack: Parameters<typeof check>[1]) {
    const messages: string[] = [];
    try {
      check([named(name)], stack, {}, (message) => messages.push(message));
    } catch (error) {
      return { messages, error };
    }
    return { messages };
  }
});

describe("remediations", () => {
  const fixed = (name: string, type: string, props: unknown) => {
    const { remediateResource } = policyOf(named(name)) as ResourceValidationPolicy;
    const args = { type, name: "a", urn: "a", props, opts: {}, getConfig: () => ({}) };
    return remediateResource?.(args as unknown as ResourceValidationArgs);
  };

  test.each([
    [
      "anti-affinity",
      { spec: { instances: 3 } },
      { podAntiAffinityType: "required", enablePodAntiAffinity: true },
      "affinity",
    ],
    [
      "isolation-check",
      { spec: { probes: { liveness: { isolationCheck: { enabled: false } } } } },
      { liveness: { isolationCheck: { enabled: true } } },
      "probes",
    ],
    ["cluster-disruption-budget", { spec: { instances: 3, enablePDB: false } }, true, "enablePDB"],
    ["cluster-disruption-budget", { spec: { instances: 1 } }, false, "enablePDB"],
    ["superuser-access", { spec: { enableSuperuserAccess: true } }, false, "enableSuperuserAccess"],
    [
      "cluster-guaranteed",
      { spec: { resources: { requests: { cpu: "1" }, limits: { cpu: "2" } } } },
      { requests: { cpu: "2" }, limits: { cpu: "2" } },
      "resources",
    ],
  ])("%s fixes %j", (name, props, wanted, field) => {
    expect(fixed(name, CLUSTER, changed(props, "other", undefined))).toHaveProperty(
      `spec.${field}`,
      wanted,
    );
  });

  test.each(rules.filter((rule) => !isStackRule(rule) && rule.remediate).map(({ name }) => name))(
    "%s is off by default, and does not change what is good or malformed",
    (name) => {
      const rule = named(name);
      if (isStackRule(rule)) throw new Error("A rule over a stack has no remediation.");
      expect(policyOf(rule).enforcementLevel).not.toBe("remediate");
      for (const { type, object } of Object.values(GOOD).filter((one) =>
        rule.types.includes(one.type),
      )) {
        expect(fixed(name, type, changed(object, "other", undefined))).toBeUndefined();
      }
      for (const type of rule.types)
        expect(
          fixed(name, type, {
            spec: "none",
            metadata: 1,
            allowVolumeExpansion: "a",
            forceDestroy: "a",
          }),
        ).toBeUndefined();
    },
  );
});
