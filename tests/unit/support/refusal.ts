import * as pulumi from "@pulumi/pulumi";
import { failure, registrations, type Registration } from "./registrations";

/** What a component says of arguments that it refuses, a line each; nothing must have been registered by then. */
export async function refusalOf(program: () => unknown): Promise<string[]> {
  const { error, registered } = await failure(program);
  expect(registered).toEqual([]);
  expect(error).toBeInstanceOf(pulumi.InputPropertiesError);
  const [title, ...lines] = (error as Error).message.split("\n");
  expect(title).toMatch(TITLE);
  return lines.map((line) => line.replace(/^ {2}- /, ""));
}

/** What a program is told that declares such a component, and what it has registered by then. */
export async function refused(declare: () => unknown) {
  let violations: string[] = [];
  const registered: Registration[] = await registrations(() => {
    try {
      declare();
    } catch (error) {
      if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
      violations = error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
    }
  });
  return { violations, registered };
}

const TITLE =
  /^(BackupBucket|CertificateAuthority|CloudNativePgOperator|ClusterCertificates|ClusterImageCatalog|ImageCatalog|ImportedCluster|LeafCertificate|LogicalBackup|Platform|PostgresCluster|PostgresImage|PostgresPooler|PrimaryWatch|RecoveryCluster|S3CompatibleStore) "[^"]+" is refused:$/;
