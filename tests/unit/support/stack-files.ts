import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { withLocalStore } from "../../../ops/local-store.ts";
import { certificateFixture } from "./certificate-fixtures";

/** The configuration of a stack as the engine hands it to the program, and which of its keys it keeps encrypted. */
export interface StackTexts {
  texts: Record<string, string>;
  encrypted: string[];
}

type Config = Record<string, unknown>;

/** What Pulumi.<stack>.yaml declares. */
export function stackFile(stack: string): Config {
  const text = readFileSync(join(__dirname, "../../..", `Pulumi.${stack}.yaml`), "utf8");
  return (parse(text) as { config: Config }).config;
}

/** The same as the sandbox runs it: with the sandbox's own S3 store, if the stack leaves open to which it goes. */
export async function localStackFile(stack: string): Promise<StackTexts> {
  const authority = await certificateFixture({ commonName: "sandbox", days: 30 });
  const { config, secrets = {} } = withLocalStore(
    { config: stackFile(stack) },
    {
      endpointUrl: "https://10.200.0.1:7070",
      bucketName: "backups",
      caCertificate: authority.certificate,
      accessKeyId: "an-access-key",
      secretAccessKey: "a-secret-key",
    },
  );
  const paths = Object.entries(secrets).map(([path, value]) => [path.split("."), value] as const);
  const whole = paths.reduce((known, [path, value]) => withValue(known, path, value), config);
  return { ...stackTexts(whole), encrypted: paths.map(([[key = ""]]) => ofMocks(key)) };
}

/** Objects as JSON, and each key under the name that the mocked engine has for every project. */
export function stackTexts(config: Config): StackTexts {
  const texts = Object.entries(config).map(([key, value]) => [
    ofMocks(key),
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return { texts: Object.fromEntries(texts) as Record<string, string>, encrypted: [] };
}

function ofMocks(key: string): string {
  return key.replace(/^ha-postgres:/, "project:");
}

function withValue(object: unknown, [key = "", ...rest]: string[], value: string): Config {
  const known = object as Config | undefined;
  return { ...known, [key]: rest.length === 0 ? value : withValue(known?.[key], rest, value) };
}
