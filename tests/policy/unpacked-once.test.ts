import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import * as server from "@pulumi/policy/server";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { unpackOnce } from "../../policy/engine/unpacked-once";

/** How the library answers the engine, which it keeps to itself. */
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

test("all rules judge one unpacked resource, each reports under its own name, and the next is another", async () => {
  const seen: unknown[] = [];
  const policies = ["first", "second"].map((name) => ({
    ...{ name, description: name, enforcementLevel: "mandatory" },
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

test("what is mended is nobody else's, and what was judged stays as it was", async () => {
  const mend = {
    ...{ name: "mend", description: "mend", enforcementLevel: "remediate" },
    remediateResource: ({ props }: { props: { spec: { instances: number } } }) => {
      props.spec.instances = 3;
      return props;
    },
  };
  const judge = {
    ...{ name: "judge", description: "judge", enforcementLevel: "mandatory" },
    validateResource: (
      { props }: { props: { spec: { instances: number } } },
      report: (message: string) => void,
    ) => {
      report(String(props.spec.instances));
    },
  };
  const resource = request();
  const mended = await answered(makeRemediateRpcFun(...PACK, [mend]), resource);
  expect(mended.getRemediationsList()[0]?.getProperties()?.toJavaScript()).toEqual({
    spec: { instances: 3 },
  });
  const judged = await answered(makeAnalyzeRpcFun(...PACK, [judge]), resource);
  expect(judged.getDiagnosticsList()[0]?.getMessage()).toBe("judge\n1");
});
