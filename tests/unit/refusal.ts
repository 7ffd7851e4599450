import * as pulumi from "@pulumi/pulumi";
import { failure } from "./registrations";

/** What a component says of arguments that it refuses, a line each; nothing must have been registered by then. */
export async function refusalOf(program: () => unknown): Promise<string[]> {
  const { error, registered } = await failure(program);
  expect(registered).toEqual([]);
  expect(error).toBeInstanceOf(pulumi.InputPropertiesError);
  const [title, ...lines] = (error as Error).message.split("\n");
  expect(title).toMatch(TITLE);
  return lines.map((line) => line.replace(/^ {2}- /, ""));
}

const TITLE =
  /^(BackupBucket|CertificateAuthority|CloudNativePgOperator|ClusterCertificates|LeafCertificate|Platform|PostgresPooler|S3CompatibleStore) "[^"]+" is refused:$/;
