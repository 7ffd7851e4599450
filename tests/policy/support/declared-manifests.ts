import { parseAllDocuments } from "yaml";
import type { Declared } from "./pack";

/** The objects of a file, protected and with encrypted secrets, which a manifest cannot declare. */
export function declared(text: string): Declared[] {
  return parseAllDocuments(text).map((document) => {
    const object = document.toJS() as {
      apiVersion: string;
      kind: string;
      metadata: { name: string };
    };
    const { apiVersion, kind, metadata } = object;
    return {
      type: `kubernetes:${apiVersion === "v1" ? "core/v1" : apiVersion}:${kind}`,
      name: `${kind}/${metadata.name}`,
      object,
      protect: true,
      additionalSecretOutputs: ["data", "stringData"],
    };
  });
}
