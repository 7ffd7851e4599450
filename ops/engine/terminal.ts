/**
 * Whether the engine considers the output a terminal: only then it draws its progress. With a redirected stream and in
 * CI services it prints lines.
 */
export function isTerminal(): boolean {
  return (
    process.stdin.isTTY &&
    process.stdout.isTTY &&
    process.env["TERM"] !== "dumb" &&
    SERVICES.every((name) => process.env[name] === undefined || process.env[name] === "")
  );
}

/** Variables that CI services set. */
const SERVICES = ["CI", "BUILD_ID", "BUILD_NUMBER", "TEAMCITY_VERSION", "TF_BUILD"];
