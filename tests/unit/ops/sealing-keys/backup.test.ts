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
  test("holds the keys, and nothing that only their cluster knows", () => {
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
    ["no JSON", "-----BEGIN", "the file is no backup of sealing keys"],
    ["nothing", "null", "the file is no backup of sealing keys"],
    ["one Secret alone", JSON.stringify(kept), "the file is no backup of sealing keys"],
    ["an empty list", '{"kind":"List","items":[]}', "the file is no backup of sealing keys"],
    [
      "a Secret that is no sealing key",
      JSON.stringify({ kind: "List", items: [kept, other] }),
      "the file holds something else than sealing keys",
    ],
    [
      "a key without its certificate",
      JSON.stringify({ kind: "List", items: [{ ...kept, data: { "tls.key": "a2V5" } }] }),
      "the file holds something else than sealing keys",
    ],
    [
      "no object in the list",
      '{"kind":"List","items":[null]}',
      "the file holds something else than sealing keys",
    ],
  ])("is refused when it holds %s", (_, text, says) => {
    expect(() => parseKeyBackup(text)).toThrow(says);
  });
});

describe("a restored key", () => {
  test("keeps its name where nothing or itself is there", () => {
    expect(besideExisting(kept, undefined)).toEqual(kept);
    expect(besideExisting(kept, stored("a2V5"))).toEqual(kept);
  });

  test("leaves another key of that name alone, and gets the same other name each time", () => {
    const name = "sealing-key-851362e3";
    const beside = { ...kept, metadata: { ...kept.metadata, name } };
    expect(besideExisting(kept, stored("b3RoZXI="))).toEqual(beside);
  });
});
