import { rule } from "./rule";
import type { Refusal } from "./shape";
import { storesOf, storesSubject, type StoreSubject } from "./backup-stores";

export const storeCredentials = rule({
  name: "store-credentials",
  why: "An archive that cannot log in to its store is noticed when the volume for WAL is full.",
  subject: storesSubject,
  judge: (subject) =>
    storesOf(subject).flatMap(({ path, store }) => {
      const refused = judgeStore(store);
      return refused
        ? [{ path: `${path}.${refused.field}`, value: refused.value, ...refused.why }]
        : [];
    }),
});

/** Values are not shown: what stands in the place of a reference may be the secret itself. */
function judgeStore(
  store: StoreSubject,
): { field: string; value: unknown; why: Refusal } | undefined {
  const { accessKeyId, secretAccessKey, roleArn, endpointUrl } = store;
  const [hasId, hasKey] = [accessKeyId !== undefined, secretAccessKey !== undefined];
  if (hasId !== hasKey) {
    return {
      field: hasId ? "secretAccessKey" : "accessKeyId",
      value: undefined,
      why: {
        reason: "an access key has two parts, and only the other is given",
        remedy: "Refer to the key of the Secret that holds it, or remove the other one",
      },
    };
  }
  if (hasId && roleArn !== undefined) {
    return {
      field: "roleArn",
      value: "[not shown]",
      why: {
        reason: "with an access key nobody assumes the role",
        remedy: "Remove the access key, which is what the role saves, or the role",
      },
    };
  }
  if (!hasId && roleArn === undefined && endpointUrl !== undefined) {
    return {
      field: "accessKeyId",
      value: undefined,
      why: {
        reason: "nothing says how to log in at endpointUrl, and only AWS has other ways",
        remedy: "Refer to accessKeyId and secretAccessKey in a Secret",
      },
    };
  }
  return undefined;
}
