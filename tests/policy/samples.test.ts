import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { levelIn } from "../../policy/engine/profiles";
import { rules } from "../../policy/rules";
import { declared } from "./support/declared-manifests";
import { judge } from "./support/pack";

const FOLDER = join(__dirname, "samples");
const advised = rules.filter((rule) => levelIn("dev", rule) === "advisory");
const demanded = rules.filter((rule) => levelIn("dev", rule) === "mandatory");

test.each(readdirSync(FOLDER))("on a laptop nothing stops the deployment of %s", (file) => {
  const stack = declared(readFileSync(join(FOLDER, file), "utf8"));
  expect(judge(demanded, stack)).toEqual([]);
  expect(judge(advised, stack)).not.toEqual([]);
});
