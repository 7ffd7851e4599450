import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema";
import * as api from "../../../components";

const ROOT = join(__dirname, "../../..");
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Record<
  string,
  string
>;

export const PACKAGE = manifest["name"] ?? "";

/** What is exported and can be constructed: the components. */
export const COMPONENTS = Object.entries(api)
  .filter(([, value]) => typeof value === "function")
  .map(([name]) => name);

type PackageSchema = ReturnType<typeof generateSchema>;

/** What Pulumi makes of the package for its other languages, the way `pulumi package add` does: with all documentation. */
export function packageSchema(): PackageSchema {
  const analyzer = new Analyzer(ROOT, PACKAGE, manifest, new Set(COMPONENTS));
  const { components, typeDefinitions, dependencies } = analyzer.analyze();
  return generateSchema(
    PACKAGE,
    manifest["version"] ?? "",
    manifest["description"] ?? "",
    components,
    typeDefinitions,
    dependencies,
  );
}
