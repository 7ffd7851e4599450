/**
 * Runs a program against a mocked engine and shows what it registered, exactly as the engine would receive it: with
 * parents, dependencies and options, which Pulumi's own mocks leave out.
 *
 * It proves what is asked of the engine. It does not prove what a provider or a cluster makes of that.
 */
import { runInThisContext } from "node:vm";
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

/** One request to register a resource. Resources are referred to as `type::name`, see {@link Registration.id}. */
export interface Registration {
  /** `type::name`: how `parent`, `dependsOn` and the tests name this resource. */
  id: string;
  type: string;
  name: string;
  /** False for a component. */
  custom: boolean;
  /** The parent's id; the stack is left out. */
  parent?: string;
  /** Inputs as plain values; {@link secret} marks what the engine will encrypt, {@link UNKNOWN} what it cannot know yet. */
  inputs: Record<string, unknown>;
  /** All that must exist before: by `dependsOn` and by inputs made of other resources' outputs. Sorted. */
  dependsOn: string[];
  aliases: unknown[];
  /** Only what is set follows. */
  protect?: boolean;
  retainOnDelete?: boolean;
  deleteBeforeReplace?: boolean;
  replaceOnChanges?: string[];
  ignoreChanges?: string[];
  additionalSecretOutputs?: string[];
  customTimeouts?: { create?: string; update?: string; delete?: string };
  provider?: string;
}

export interface RegistrationOptions {
  /** As `pulumi preview` of a stack that does not exist yet: ids and computed outputs are unknown. Default false. */
  preview?: boolean;
  /** Computed outputs of a resource, beside its inputs. Default: none. */
  outputs?: (type: string, inputs: Record<string, unknown>) => Record<string, unknown>;
}

/** Stands in registered inputs for what a preview does not know. */
export const UNKNOWN = "(unknown)";

/** How a secret stands in registered inputs: `expect(inputs).toEqual({ password: secret("x") })`. */
export function secret(value: unknown): { secret: unknown } {
  return { secret: value };
}

/** An Output whose value a preview does not know, as of a resource that does not exist yet. */
export function unknownOutput<T>(): pulumi.Output<T> {
  return pulumi.output(pulumi.unknown as unknown as T) as pulumi.Output<T>;
}

/** The value of an Output, once the program is through: undefined when it is unknown. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as pulumi.Output<T> & { promise(): Promise<T> }).promise();
}

/** All that a program registers, as the engine hears of it. Rejects with the program's first error. */
export async function registrations(
  program: () => unknown,
  options?: RegistrationOptions,
): Promise<Registration[]> {
  const { registered, error } = await run(program, options);
  if (error !== undefined) throw error as Error;
  return registered;
}

/** How a program fails, and what it registered all the same. Rejects when it does not fail. */
export async function failure(
  program: () => unknown,
  options?: RegistrationOptions,
): Promise<{ error: unknown; registered: Registration[] }> {
  const { registered, error } = await run(program, options);
  if (error === undefined) throw new Error("The program was expected to fail, and did not.");
  return { registered, error };
}

async function run(
  program: () => unknown,
  { preview = false, outputs = () => ({}) }: RegistrationOptions = {},
): Promise<{ registered: Registration[]; error: unknown }> {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => ({
        id: preview ? undefined : `${name}-id`,
        state: { ...(inputs as object), ...(preview ? {} : outputs(type, inputs as never)) },
      }),
      call: ({ inputs }) => inputs as Record<string, unknown>,
    },
    "project",
    "stack",
    preview,
  );
  const seen = record();
  const rejected = firstRejection();
  let thrown: unknown;
  try {
    await program();
  } catch (error) {
    thrown = error;
  }
  await drain();
  // Outputs that no resource uses settle a turn later; so do their errors.
  await new Promise(setImmediate);
  rejected.stop();
  return { registered: seen.map(registration), error: thrown ?? rejected.error };
}

/** The only registration of a type (and name); an error tells what there is instead. */
export function only(all: Registration[], type: string, name?: string): Registration {
  const found = all.filter((one) => one.type === type && (name ?? one.name) === one.name);
  if (found.length === 1 && found[0]) return found[0];
  const ids = all.map(({ id }) => id).join("\n  ");
  throw new Error(
    `${found.length} registrations of ${type}${name ? ` ${name}` : ""}. There are:\n  ${ids}`,
  );
}

function record(): RegisterResourceRequest[] {
  const seen: RegisterResourceRequest[] = [];
  const monitor = pulumi.runtime.getMonitor();
  if (!monitor) throw new Error("The mocked engine is not there.");
  const register = monitor.registerResource.bind(monitor) as (...all: unknown[]) => never;
  monitor.registerResource = (request: RegisterResourceRequest, ...rest: unknown[]) => {
    seen.push(request);
    return register(request, ...rest);
  };
  return seen;
}

// Not in Pulumi's declarations, but it is what its own tests wait with.
const drain = () =>
  (pulumi.runtime as unknown as { waitForRPCs: () => Promise<void> }).waitForRPCs();

/**
 * A resource whose inputs cannot be computed rejects a promise that nobody holds; the engine's host ends the program
 * then. Jest would blame the test for it, and its own `process` never hears of it: hence the real one, for a while.
 */
function firstRejection() {
  const host = runInThisContext("process") as NodeJS.Process;
  const jests = host.listeners("unhandledRejection");
  const result: { error?: unknown; stop: () => void } = {
    stop: () => {
      host.removeAllListeners("unhandledRejection");
      for (const listener of jests) host.on("unhandledRejection", listener);
    },
  };
  host.removeAllListeners("unhandledRejection");
  host.on("unhandledRejection", (error) => {
    result.error ??= error;
  });
  return result;
}

function registration(request: RegisterResourceRequest): Registration {
  const raw = request.toObject();
  const timeouts = Object.fromEntries(
    Object.entries(request.getCustomtimeouts()?.toObject() ?? {})
      .filter(([, value]) => value)
      // The generated code gives `delete`, a word of the language, another name.
      .map(([operation, value]) => [operation.replace(/^pb_/, ""), value]),
  );
  return {
    id: `${raw.type}::${raw.name}`,
    type: raw.type,
    name: raw.name,
    custom: raw.custom,
    inputs: decode(request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>,
    dependsOn: raw.dependenciesList.map(idOfUrn).sort(),
    aliases: raw.aliasesList,
    ...(raw.parent && !isStack(raw.parent) && { parent: idOfUrn(raw.parent) }),
    ...(raw.protect && { protect: true }),
    ...(raw.retainondelete && { retainOnDelete: true }),
    ...(raw.deletebeforereplacedefined && { deleteBeforeReplace: raw.deletebeforereplace }),
    ...(raw.replaceonchangesList.length > 0 && { replaceOnChanges: raw.replaceonchangesList }),
    ...(raw.ignorechangesList.length > 0 && { ignoreChanges: raw.ignorechangesList }),
    ...(raw.additionalsecretoutputsList.length > 0 && {
      additionalSecretOutputs: raw.additionalsecretoutputsList,
    }),
    ...(Object.keys(timeouts).length > 0 && { customTimeouts: timeouts }),
    ...(raw.provider && { provider: raw.provider }),
  };
}

const isStack = (urn: string) => urn.includes("pulumi:pulumi:Stack");

function idOfUrn(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return `${types.split("$").at(-1) ?? ""}::${name}`;
}

function decode(value: unknown): unknown {
  if (value === pulumi.runtime.unknownValue) return UNKNOWN;
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== "object" || value === null) return value;
  const object = value as Record<string, unknown>;
  if (object[pulumi.runtime.specialSigKey] === pulumi.runtime.specialSecretSig) {
    return secret(decode(object["value"]));
  }
  return Object.fromEntries(Object.entries(object).map(([key, part]) => [key, decode(part)]));
}
