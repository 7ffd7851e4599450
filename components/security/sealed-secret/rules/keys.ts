import { rule } from "../../../contract/rule";
import { propertyPath } from "../../../contract/schema";
import type { SealedSecretArgs } from "../args";

export const sealedSecretKeys = rule({
  name: "sealed-secret-keys",
  why: "The controller cannot create a Secret with a key that Kubernetes rejects.",
  *check({ data = {}, encryptedData = {} }: Pick<SealedSecretArgs, "data" | "encryptedData">) {
    for (const [field, values] of Object.entries({ data, encryptedData })) {
      for (const key of Object.keys(values)) {
        if (/^[-._a-zA-Z0-9]{1,253}$/.test(key)) continue;
        yield {
          path: propertyPath([field, key]),
          value: "[secret]",
          reason: "is not a valid key of a Secret",
          remedy: "Use letters, digits, `-`, `_` and `.` in the key",
        };
      }
    }
  },
});
