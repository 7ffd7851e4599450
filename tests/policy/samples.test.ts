import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { levelIn } from "../../policy/engine/profiles";
import { rules } from "../../policy/rules";
import { declared } from "./support/declared-manifests";
import { check } from "./support/pack";

const FOLDER = join(__dirname, "samples");
const advised = rules.filter((rule) => levelIn("dev", rule) === "advisory");
const demanded = rules.filter((rule) => levelIn("dev", rule) === "mandatory");

test.each(readdirSync(FOLDER))("the profile dev does not stop the deployment of %s", (file) => {
  const stack = declared(readFileSync(join(FOLDER, file), "utf8"));
  expect(check(demanded, stack)).toEqual([]);
  expect(check(advised, stack)).not.toEqual([]);
});
