import { resolve } from "node:path";

/** Options of the engine that take files, by the commands that run elsewhere than where they were typed. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  import: ["--file", "-f", "--out", "-o", "--event-log"],
  preview: ["--import-file", "--save-plan", "--event-log", "--policy-pack", "--policy-pack-config"],
  refresh: ["--import-file", "--save-plan", "--event-log"],
  up: ["--plan", "--event-log", "--policy-pack", "--policy-pack-config"],
  destroy: ["--event-log"],
};

/** The same command for an engine that runs in another folder than this one. */
export function withAbsolutePaths(args: readonly string[], folder: string): string[] {
  const files = FILES[args[0] ?? ""] ?? [];
  return args.map((argument, index) => {
    if (files.includes(args[index - 1] ?? "")) return resolve(folder, argument);
    const [, option = "", value = ""] = /^(-[^=]*)=(.*)$/s.exec(argument) ?? [];
    return files.includes(option) ? `${option}=${resolve(folder, value)}` : argument;
  });
}
