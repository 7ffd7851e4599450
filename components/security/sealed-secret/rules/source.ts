import { rule } from "../../../contract/rule";
import type { SealedSecretArgs } from "../args";

export const sealedSecretSource = rule({
  name: "sealed-secret-source",
  why: "Values are either sealed here, with the controller's certificate, or were sealed before.",
  *check({
    data,
    certificate,
    encryptedData,
  }: Pick<SealedSecretArgs, "data" | "certificate" | "encryptedData">) {
    if (data === undefined && encryptedData === undefined) {
      yield {
        path: "data",
        value: undefined,
        reason: "the Secret would have no values",
        remedy: "Set `data` and `certificate`, or `encryptedData` that is already sealed",
      };
    } else if (data !== undefined && encryptedData !== undefined) {
      yield {
        path: "encryptedData",
        value: "[not shown]",
        reason: "must not be set together with `data`, which is sealed here",
        remedy: "Remove one of them",
      };
    } else if (data !== undefined && certificate === undefined) {
      yield {
        path: "certificate",
        value: undefined,
        reason: "must be set: `data` is sealed with the controller's certificate",
        remedy: "Use `certificate` of the SealedSecretsController",
      };
    } else if (data === undefined && certificate !== undefined) {
      yield {
        path: "certificate",
        value: "[not shown]",
        reason: "has no effect: `encryptedData` is already sealed",
        remedy: "Remove it",
      };
    } else if (Object.keys(data ?? encryptedData ?? {}).length === 0) {
      yield {
        path: data === undefined ? "encryptedData" : "data",
        value: {},
        reason: "the controller creates no empty Secret",
        remedy: "Add at least one value",
      };
    }
  },
});
