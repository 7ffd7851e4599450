import {
  besideExisting,
  keyBackup,
  parseKeyBackup,
  type KeySecret,
} from "../../../../ops/sealing-keys/backup.ts";

const LABEL = "sealedsecrets.bitnami.com/sealed-secrets-key";

/** A Secret as the API server gives it. */
const stored = (key: string, annotations = {}) => ({
  apiVersion: "v1" as const,
  kind: "Secret" as const,
  metadata: {
    name: "sealing-key",
    namespace: "sealed-secrets",
    labels: { [LABEL]: "active" },
    annotations,
    uid: "4d7b",
    resourceVersion: "17",
    creationTimestamp: "2026-11-21T00:00:00Z",
    managedFields: [{ manager: "pulumi" }],
  },
  type: "kubernetes.io/tls",
  data: { "tls.crt": "Y2VydGlmaWNhdGU=", "tls.key": key },
});

const kept: KeySecret = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: {
    name: "sealing-key",
    namespace: "sealed-secrets",
    labels: { [LABEL]: "active" },
  },
  type: "kubernetes.io/tls",
  data: { "tls.crt": "Y2VydGlmaWNhdGU=", "tls.key": "a2V5" },
};

describe("a backup of sealing keys", () => {
  test("contains the keys without fields of their cluster", () => {
    const annotations = {
      "kubectl.kubernetes.io/last-applied-configuration": "the key once more",
      "example.com/note": "from 2026",
    };
    const own = { ...kept.metadata, annotations: { "example.com/note": "from 2026" } };
    expect(keyBackup([stored("a2V5"), stored("a2V5", annotations)])).toEqual({
      apiVersion: "v1",
      kind: "List",
      items: [kept, { ...kept, metadata: own }],
    });
  });

  test("is read back as it was written", () => {
    const backup = keyBackup([stored("a2V5")]);
    expect(parseKeyBackup(JSON.stringify(backup))).toEqual(backup);
  });

  const other = { ...kept, metadata: { ...kept.metadata, labels: {} } };
  test.each([
    ["no JSON", "-----BEGIN", "the file is not a backup of sealing keys"],
    ["nothing", "null", "the file is not a backup of sealing keys"],
    ["one Secret alone", JSON.stringify(kept), "the file is not a backup of sealing keys"],
    ["an empty list", '{"kind":"List","items":[]}', "the file is not a backup of sealing keys"],
    [
      "a Secret that is not a sealing key",
      JSON.stringify({ kind: "List", items: [kept, other] }),
      "the file contains something other than sealing keys",
    ],
    [
      "a key without its certificate",
      JSON.stringify({ kind: "List", items: [{ ...kept, data: { "tls.key": "a2V5" } }] }),
      "the file contains something other than sealing keys",
    ],
    [
      "a list without objects",
      '{"kind":"List","items":[null]}',
      "the file contains something other than sealing keys",
    ],
  ])("is refused if it contains %s", (_, text, says) => {
    expect(() => parseKeyBackup(text)).toThrow(says);
  });
});

describe("a restored key", () => {
  test("keeps its name if no other key has it", () => {
    expect(besideExisting(kept, undefined)).toEqual(kept);
    expect(besideExisting(kept, stored("a2V5"))).toEqual(kept);
  });

  test("gets the same other name each time if another key has its name", () => {
    const name = "sealing-key-851362e3";
    const beside = { ...kept, metadata: { ...kept.metadata, name } };
    expect(besideExisting(kept, stored("b3RoZXI="))).toEqual(beside);
  });
});
