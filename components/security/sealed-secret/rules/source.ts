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
        reason: "there is nothing to put into the Secret",
        remedy: "Give `data` and `certificate`, or `encryptedData` that is sealed already",
      };
    } else if (data !== undefined && encryptedData !== undefined) {
      yield {
        path: "encryptedData",
        value: "[not shown]",
        reason: "`data` is sealed here, and which of the two were meant cannot be told",
        remedy: "Remove one of them",
      };
    } else if (data !== undefined && certificate === undefined) {
      yield {
        path: "certificate",
        value: undefined,
        reason: "without the controller's certificate nothing can be sealed",
        remedy: "Give `certificate` of the SealedSecretsController",
      };
    } else if (data === undefined && certificate !== undefined) {
      yield {
        path: "certificate",
        value: "[not shown]",
        reason: "`encryptedData` is sealed already, so it would not be used",
        remedy: "Remove it",
      };
    } else if (Object.keys(data ?? encryptedData ?? {}).length === 0) {
      yield {
        path: data === undefined ? "encryptedData" : "data",
        value: {},
        reason: "the controller makes no Secret of nothing",
        remedy: "Give at least one value",
      };
    }
  },
});
