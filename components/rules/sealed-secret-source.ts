import { z } from "zod";
import { maybe, rule } from "./rule";

const anyMap = maybe(z.record(z.string(), z.unknown()));

export const sealedSecretSource = rule({
  name: "sealed-secret-source",
  why: "Values are either sealed here, with the controller's certificate, or were sealed before.",
  subject: z.object({ data: anyMap, certificate: z.unknown().optional(), encryptedData: anyMap }),
  judge: ({ data, certificate, encryptedData }) => {
    if (data === undefined && encryptedData === undefined) {
      return [
        {
          path: "data",
          value: undefined,
          reason: "there is nothing to put into the Secret",
          remedy: "Give `data` and `certificate`, or `encryptedData` that is sealed already",
        },
      ];
    }
    if (data !== undefined && encryptedData !== undefined) {
      return [
        {
          path: "encryptedData",
          value: "[not shown]",
          reason: "`data` is sealed here, and which of the two were meant cannot be told",
          remedy: "Remove one of them",
        },
      ];
    }
    if (data !== undefined && certificate === undefined) {
      return [
        {
          path: "certificate",
          value: undefined,
          reason: "without the controller's certificate nothing can be sealed",
          remedy: "Give `certificate` of the SealedSecretsController",
        },
      ];
    }
    if (data === undefined && certificate !== undefined) {
      return [
        {
          path: "certificate",
          value: "[not shown]",
          reason: "`encryptedData` is sealed already, so it would not be used",
          remedy: "Remove it",
        },
      ];
    }
    return Object.keys(data ?? encryptedData ?? {}).length > 0
      ? []
      : [
          {
            path: data === undefined ? "encryptedData" : "data",
            value: {},
            reason: "the controller makes no Secret of nothing",
            remedy: "Give at least one value",
          },
        ];
  },
});
