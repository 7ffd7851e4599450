import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../contract/rule";
import type { Refusal } from "../../../contract/schema";

/** The first part, if container runtimes take it for a host. */
const HOST = /^([a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?|[a-z0-9-]+:\d+|localhost)\//;
const PATH = /^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/;

export const imageRepository = rule({
  name: "image-repository",
  why: "The builder pushes to it, and every node pulls from it.",
  *check({ repository }: { repository?: pulumi.Input<string> }) {
    const refused = typeof repository === "string" ? repositoryRefusal(repository) : undefined;
    if (refused) yield { path: "repository", value: repository, ...refused };
  },
});

function repositoryRefusal(repository: string): Refusal | undefined {
  if (/^\w+:\/\//.test(repository)) {
    return {
      reason: "must not have a scheme: registries are always asked by https",
      remedy: `Use ${repository.replace(/^\w+:\/\//, "")}`,
    };
  }
  const [host = ""] = HOST.exec(repository) ?? [];
  if (host === "") {
    return {
      reason:
        "must begin with the host of its registry, or it could be another one on each machine",
      remedy:
        "Give host and path, such as registry.example/shop/postgresql; Docker Hub is docker.io",
    };
  }
  const path = repository.slice(host.length);
  if (/[:@]/.test(path)) {
    return {
      reason: "must have no tag and no digest: they follow from what is built",
      remedy: `Use ${host}${path.split(/[:@]/, 1)[0] ?? ""}, and tag for another tag`,
    };
  }
  if (PATH.test(path)) return undefined;
  return {
    reason: "is not a valid repository",
    remedy:
      "Use lower-case letters, digits, dots, dashes and underscores, in parts divided by slashes",
  };
}
