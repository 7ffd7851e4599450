import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import * as server from "@pulumi/policy/server";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { unpackOnce } from "../../policy/engine/unpacked-once";

/** The library's internal functions that answer the engine. */
interface Server {
  makeAnalyzeRpcFun: (...pack: unknown[]) => Answer<proto.AnalyzeResponse>;
  makeRemediateRpcFun: (...pack: unknown[]) => Answer<proto.RemediateResponse>;
}

type Answer<R> = (
  call: { request: proto.AnalyzeRequest },
  callback: (error: Error | null, response: R) => void,
) => void;

const { makeAnalyzeRpcFun, makeRemediateRpcFun } = server as unknown as Server;
const PACK = ["pack", "1.0.0", "mandatory"];

function request(): proto.AnalyzeRequest {
  const resource = new proto.AnalyzeRequest();
  resource.setType("a:b:C");
  resource.setUrn("urn:pulumi:a::b::a:b:C::one");
  resource.setOptions(new proto.AnalyzerResourceOptions());
  resource.setProperties(Struct.fromJavaScript({ spec: { instances: 1 } }));
  return resource;
}

function answered<R>(answer: Answer<R>, resource: proto.AnalyzeRequest): Promise<R> {
  return new Promise((resolve, reject) => {
    answer({ request: resource }, (error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
}

beforeAll(unpackOnce);

test("all rules check the same unpacked resource, report under their own names, and then get the next one", async () => {
  const seen: unknown[] = [];
  const policies = ["first", "second"].map((name) => ({
    name,
    description: name,
    enforcementLevel: "mandatory",
    validateResource: ({ props }: { props: unknown }, report: (message: string) => void) => {
      seen.push(props);
      report("found");
    },
  })) as unknown as ResourceValidationPolicy[];
  const analyze = makeAnalyzeRpcFun(...PACK, policies);
  const one = await answered(analyze, request());
  expect(one.getDiagnosticsList().map((found) => found.getPolicyname())).toEqual([
    "first",
    "second",
  ]);
  expect(seen[0]).toBe(seen[1]);
  await answered(analyze, request());
  expect(seen[2]).not.toBe(seen[0]);
});

test("a remediation changes a separate copy, and validation sees the original", async () => {
  const fix = {
    name: "fix",
    description: "fix",
    enforcementLevel: "remediate",
    remediateResource: ({ props }: { props: { spec: { instances: number } } }) => {
      props.spec.instances = 3;
      return props;
    },
  };
  const check = {
    name: "check",
    description: "check",
    enforcementLevel: "mandatory",
    validateResource: (
      { props }: { props: { spec: { instances: number } } },
      report: (message: string) => void,
    ) => {
      report(String(props.spec.instances));
    },
  };
  const resource = request();
  const fixed = await answered(makeRemediateRpcFun(...PACK, [fix]), resource);
  expect(fixed.getRemediationsList()[0]?.getProperties()?.toJavaScript()).toEqual({
    spec: { instances: 3 },
  });
  const checked = await answered(makeAnalyzeRpcFun(...PACK, [check]), resource);
  expect(checked.getDiagnosticsList()[0]?.getMessage()).toBe("check\n1");
});
