import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { root } from "./scratch.ts";

const runner = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run-policy-pack");

/** A resource in the engine's state. */
export interface Registered {
  urn: string;
  type: string;
  inputs?: Record<string, unknown>;
  parent?: string;
  dependencies?: string[];
  additionalSecretOutputs?: string[];
}

/** The policy pack in a separate process, called like the engine calls it, with every rule at its default level. */
export class RunningPack {
  private readonly process: ChildProcess;
  private readonly client: grpc.AnalyzerClient;

  private constructor(process: ChildProcess, port: string) {
    this.process = process;
    this.client = new grpc.AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
      // A whole stack is one message.
      "grpc.max_send_message_length": 400 * 1024 * 1024,
    });
  }

  /** Starts the pack and waits until it prints its port. */
  static async start(): Promise<RunningPack> {
    const nobody = "127.0.0.1:1";
    const pack = spawn(process.execPath, [runner, nobody, "."], {
      cwd: join(root, "policy"),
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = (await once(pack.stdout, "data")) as [Buffer];
    return new RunningPack(pack, port.toString().trim());
  }

  /** Checks each resource, and then all of them as a stack. */
  async check(resources: readonly Registered[]): Promise<void> {
    for (const resource of resources)
      await this.checkOne(fillRequest(new proto.AnalyzeRequest(), resource));
    const stack = new proto.AnalyzeStackRequest();
    stack.setResourcesList(
      resources.map((resource) => {
        const { parent = "", dependencies = [] } = resource;
        const analyzed = fillRequest(new proto.AnalyzerResource(), resource);
        analyzed.setParent(parent);
        analyzed.setDependenciesList(dependencies);
        return analyzed;
      }),
    );
    await this.checkStack(stack);
  }

  stop(): void {
    this.client.close();
    this.process.kill();
  }

  private checkOne(request: proto.AnalyzeRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      this.client.analyze(request, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  private checkStack(request: proto.AnalyzeStackRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      this.client.analyzeStack(request, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }
}

function fillRequest<R extends proto.AnalyzeRequest | proto.AnalyzerResource>(
  request: R,
  { urn, type, inputs = {}, additionalSecretOutputs = [] }: Registered,
): R {
  const options = new proto.AnalyzerResourceOptions();
  options.setAdditionalsecretoutputsList(additionalSecretOutputs);
  request.setUrn(urn);
  request.setName(urn.split("::").at(-1) ?? "");
  request.setType(type);
  request.setOptions(options);
  request.setProperties(
    struct.Struct.fromJavaScript(inputs as Record<string, struct.JavaScriptValue>),
  );
  return request;
}
