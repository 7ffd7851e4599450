/**
 * Whether a person watches, as the engine decides it: only then it draws its progress. Someone who redirects either stream,
 * and a service that runs for nobody, get lines.
 */
export function isTerminal(): boolean {
  return (
    process.stdin.isTTY &&
    process.stdout.isTTY &&
    process.env["TERM"] !== "dumb" &&
    SERVICES.every((name) => process.env[name] === undefined || process.env[name] === "")
  );
}

/** What services for continuous integration set. */
const SERVICES = ["CI", "BUILD_ID", "BUILD_NUMBER", "TEAMCITY_VERSION", "TF_BUILD"];
