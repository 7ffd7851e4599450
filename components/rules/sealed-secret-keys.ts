import { z } from "zod";
import { maybe, rule } from "./rule";
import { propertyPath } from "./shape";

const anyMap = maybe(z.record(z.string(), z.unknown()));

export const sealedSecretKeys = rule({
  name: "sealed-secret-keys",
  why: "The controller cannot make a Secret with a key that Kubernetes does not take.",
  subject: z.object({ data: anyMap, encryptedData: anyMap }),
  judge: ({ data = {}, encryptedData = {} }) =>
    Object.entries({ data, encryptedData }).flatMap(([field, values]) =>
      Object.keys(values)
        .filter((key) => !/^[-._a-zA-Z0-9]{1,253}$/.test(key))
        .map((key) => ({
          path: propertyPath([field, key]),
          value: "[secret]",
          reason: "Kubernetes takes no Secret with such a key",
          remedy: "Use letters, digits, `-`, `_` and `.` in the key",
        })),
    ),
});
