import { rule } from "./rule";
import { propertyPath, type Refusal } from "./shape";
import { storesOf, storesSubject } from "./backup-stores";

/** Variables that stand in the ObjectStore, readable for everybody who reads it, or that an argument is there for. */
const TAKEN: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: "Refer to a Secret with accessKeyId",
  AWS_SECRET_ACCESS_KEY: "Refer to a Secret with secretAccessKey",
  AWS_SESSION_TOKEN: "Refer to a Secret with accessKeyId and secretAccessKey, which last longer",
  AWS_DEFAULT_REGION: "Use region",
  AWS_REGION: "Use region",
  AWS_CA_BUNDLE: "Use endpointCa",
};

export const storeEnvironment = rule({
  name: "store-environment",
  why: "The environment of a store is read by everybody who may read the ObjectStore, and goes into one container.",
  subject: storesSubject,
  judge: (subject) => {
    const own = subject.backup?.store?.environment ?? {};
    return storesOf(subject).flatMap(({ path, store: { environment = {} } }) =>
      Object.entries(environment).flatMap(([name, value]) => {
        const refused =
          judgeName(name) ??
          (path === "source.store" && Object.hasOwn(own, name) && own[name] !== value
            ? CLASH
            : undefined);
        const where = `${path}.${propertyPath(["environment", name])}`;
        return refused ? [{ path: where, value: "[not shown]", ...refused }] : [];
      }),
    );
  },
});

const CLASH: Refusal = {
  reason:
    "backup.store sets it to something else, and one container of the cluster talks to both stores",
  remedy: "Give both the same value, or recover without backup and add it afterwards",
};

function judgeName(name: string): Refusal | undefined {
  const remedy = TAKEN[name];
  if (remedy !== undefined) {
    return {
      reason:
        "another argument sets it, and here everybody could read it who reads the ObjectStore",
      remedy,
    };
  }
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return undefined;
  return {
    reason: "it is no name of an environment variable",
    remedy: "Use letters, digits and underscores, no digit first",
  };
}
