import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
  ImagePlatform,
  PostgresCluster,
  PostgresImage,
  type PostgresImageArgs,
} from "../../../../../components";
import { POSTGRES_IMAGES } from "../../../../../components/operators/versions";
import {
  EMPTY_CONTEXT,
  emptyContext,
} from "../../../../../components/postgres/image/empty-context";
import { DOCKER_BUILD_VERSION } from "../../../../../components/postgres/image/provider";
import {
  failure,
  only,
  registrations,
  secret,
  unknownOutput,
  UNKNOWN,
  valueOf,
} from "../../../support/registrations";

const IMAGE = "docker-build:index:Image";
const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const DIGEST = `sha256:${"5".repeat(64)}`;

const least: PostgresImageArgs = {
  repository: "registry.example/shop/postgresql",
  packages: ["postgresql-18-cron=1.6.7-2.pgdg13+1"],
};

/** What a provider of this version takes, from its schema. */
const provider = JSON.parse(readFileSync(join(__dirname, "docker-build.json"), "utf8")) as {
  version: string;
  inputs: string[];
  required: string[];
  outputs: string[];
  types: Record<string, string[]>;
  platforms: string[];
};

const pushed = (type: string) => (type === IMAGE ? { digest: DIGEST } : {});

async function built(args: PostgresImageArgs) {
  let made: PostgresImage | undefined;
  const all = await registrations(() => (made = new PostgresImage("orders", args)), {
    outputs: pushed,
  });
  if (!made) throw new Error("There is no image.");
  const { inputs, ...options } = only(all, IMAGE, "orders");
  return {
    all,
    inputs,
    options,
    image: await valueOf(made.image),
    digest: await valueOf(made.digest),
  };
}

/** The Dockerfile, as lines. */
async function dockerfile(args: PostgresImageArgs): Promise<string[]> {
  const { inputs } = await built(args);
  return (inputs["dockerfile"] as { inline: string }).inline.split("\n");
}

describe("PostgresImage", () => {
  test("builds a package on the pinned base, pushes it, and gives tag and digest to a cluster", async () => {
    const { all, inputs, options, image, digest } = await built(least);
    expect(all.map(({ id }) => id)).toEqual([
      "ha-postgres:index:PostgresImage::orders",
      `${IMAGE}::orders`,
    ]);
    expect(inputs).toEqual({
      context: { location: "/tmp/ha-postgres-empty-context" },
      dockerfile: {
        inline:
          `FROM ${POSTGRES_IMAGES[18]}\n` +
          "USER root\n" +
          "RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends " +
          "postgresql-18-cron=1.6.7-2.pgdg13+1 && rm -rf /var/lib/apt/lists/*\n" +
          "USER 26\n",
      },
      platforms: ["linux/amd64"],
      push: true,
      tags: [expect.stringMatching(/^registry\.example\/shop\/postgresql:18\.6-[0-9a-f]{12}$/)],
    });
    expect(options).toMatchObject({
      parent: "ha-postgres:index:PostgresImage::orders",
      retainOnDelete: true,
    });
    expect([digest, image]).toEqual([DIGEST, `${(inputs["tags"] as string[])[0] ?? ""}@${DIGEST}`]);
  });

  test("gives the provider only what it takes, of the version that is pinned", async () => {
    const { inputs } = await built({
      ...least,
      platforms: Object.values(ImagePlatform),
      registries: [{ address: "registry.example", username: "ci", password: "token" }],
    });
    expect(provider.version).toBe(DOCKER_BUILD_VERSION);
    expect(provider.inputs).toEqual(expect.arrayContaining(Object.keys(inputs)));
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(provider.required));
    expect(provider.outputs).toEqual(["contextHash", "digest", "ref"]);
    expect(provider.platforms).toEqual(expect.arrayContaining(inputs["platforms"] as string[]));
    for (const [name, known] of Object.entries(provider.types)) {
      const parts = [inputs[name]].flat() as object[];
      expect(known).toEqual(expect.arrayContaining(parts.flatMap((part) => Object.keys(part))));
    }
  });

  test("writes files word for word, and packages and users around them", async () => {
    expect(
      await dockerfile({
        repository: "registry.example/shop/postgresql",
        version: 17,
        packages: ["postgresql-17-cron", "libldap-common"],
        files: {
          "/etc/postgresql-common/psqlrc": "\\set PROMPT1 '%M $HOME %/%R%x%# '\n\\timing on",
          "/usr/share/postgresql/17/tsearch_data/shop.stop": "EOF\nEOF_\n\n",
          "/etc/empty": "",
        },
      }),
    ).toEqual([
      `FROM ${POSTGRES_IMAGES[17]}`,
      "USER root",
      "RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends " +
        "postgresql-17-cron libldap-common && rm -rf /var/lib/apt/lists/*",
      'COPY --chmod=0644 <<"EOF" /etc/postgresql-common/psqlrc',
      "\\set PROMPT1 '%M $HOME %/%R%x%# '",
      "\\timing on",
      "EOF",
      'COPY --chmod=0644 <<"EOF__" /usr/share/postgresql/17/tsearch_data/shop.stop',
      "EOF",
      "EOF_",
      "",
      "EOF__",
      'COPY --chmod=0644 <<"EOF" /etc/empty',
      "EOF",
      "USER 26",
      "",
    ]);
  });

  test("takes the base of a mirror, or another one with its version", async () => {
    const [mirrored] = await dockerfile({ ...least, mirror: { images: "mirror.example/all" } });
    expect(mirrored).toBe(`FROM ${POSTGRES_IMAGES[18].replace("ghcr.io", "mirror.example/all")}`);
    const base = `registry.example/postgresql:14.24-minimal@sha256:${"1".repeat(64)}`;
    const { inputs } = await built({ ...least, packages: ["postgresql-14-cron"], base });
    expect((inputs["tags"] as string[])[0]).toMatch(/:14\.24-[0-9a-f]{12}$/);
  });

  test("has another tag if anything else is built, and the one that is given", async () => {
    const tagWith = async (more: Partial<PostgresImageArgs>) =>
      ((await built({ ...least, ...more })).inputs["tags"] as string[])[0] ?? "";
    const tag = await tagWith({});
    expect(await tagWith({})).toBe(tag);
    expect(await tagWith({ files: { "/etc/a": "b" } })).not.toBe(tag);
    expect(await tagWith({ platforms: [ImagePlatform.Arm64] })).not.toBe(tag);
    expect(await tagWith({ tag: "18.6-shop" })).toBe("registry.example/shop/postgresql:18.6-shop");
  });

  test("keeps the password of a registry secret", async () => {
    const { inputs } = await built({
      ...least,
      registries: [
        { address: pulumi.output("registry.example"), username: "ci", password: "token" },
      ],
    });
    expect(inputs["registries"]).toEqual([
      { address: "registry.example", username: "ci", password: secret("token") },
    ]);
  });

  test("validates the repository of another resource once it is known", async () => {
    const { image } = await built({ ...least, repository: pulumi.output("registry.example/pg") });
    expect(image).toMatch(/^registry\.example\/pg:18\.6-/);
    const { error, registered } = await failure(
      () => new PostgresImage("orders", { ...least, repository: pulumi.output("pg") }),
    );
    expect(String(error)).toContain(
      'repository = "pg": must begin with the host of its registry, or it could be another one on each machine',
    );
    expect(registered.map(({ type }) => type)).not.toContain(IMAGE);
  });
});

describe("a cluster with an image that is built", () => {
  const cluster = (image: pulumi.Input<string>) =>
    new PostgresCluster("orders", { namespace: "shop", storage: { size: "10Gi" }, image });

  test("gets tag and digest, and its checks as well", async () => {
    const all = await registrations(
      () => cluster(new PostgresImage("orders", { ...least, tag: "18.6-shop" }).image),
      { outputs: pushed },
    );
    expect(only(all, CLUSTER).inputs["spec"]).toMatchObject({
      imageName: `registry.example/shop/postgresql:18.6-shop@${DIGEST}`,
    });
    expect(only(all, CLUSTER).dependsOn).toContain(`${IMAGE}::orders`);
  });

  test("is not judged as long as nobody knows it", async () => {
    const all = await registrations(() => cluster(unknownOutput()), { preview: true });
    expect(only(all, CLUSTER).inputs["spec"]).toMatchObject({ imageName: UNKNOWN });
  });

  test("is refused before it is created if the image is of another version", async () => {
    const { error, registered } = await failure(() =>
      cluster(pulumi.output(`registry.example/pg:17.11@${DIGEST}`)),
    );
    expect(String(error)).toContain(
      `the image of a cluster is refused:\n  - image = "registry.example/pg:17.11@${DIGEST}": ` +
        "has a tag of PostgreSQL 17, but version is 18. Set version: 17, or an image of PostgreSQL 18.",
    );
    expect(registered.map(({ type }) => type)).not.toContain(CLUSTER);
  });
});

describe("the context of builds", () => {
  test("is an empty folder, the same on every machine", () => {
    expect(emptyContext()).toBe(EMPTY_CONTEXT);
    expect(readdirSync(EMPTY_CONTEXT)).toEqual([]);
  });

  test("is refused if something is in it", () => {
    const folder = mkdtempSync(join(tmpdir(), "ha-postgres-context-"));
    try {
      writeFileSync(join(folder, ".dockerignore"), "*");
      expect(() => emptyContext(folder)).toThrow(
        `${folder} must be empty: it is the context of builds that take nothing from it. Remove what is in it.`,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
