import { resolve } from "node:path";

/** Options that name files, by command of the engine, for commands that run in another folder than the user's. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  import: ["--file", "-f", "--out", "-o", "--event-log"],
  preview: ["--import-file", "--save-plan", "--event-log", "--policy-pack", "--policy-pack-config"],
  refresh: ["--import-file", "--save-plan", "--event-log"],
  up: ["--plan", "--event-log", "--policy-pack", "--policy-pack-config"],
  destroy: ["--event-log"],
};

/** Makes the files in a command absolute, for an engine that runs in another folder. */
export function withAbsolutePaths(args: readonly string[], folder: string): string[] {
  const files = FILES[args[0] ?? ""] ?? [];
  return args.map((argument, index) => {
    if (files.includes(args[index - 1] ?? "")) return resolve(folder, argument);
    const [, option = "", value = ""] = /^(-[^=]*)=(.*)$/s.exec(argument) ?? [];
    return files.includes(option) ? `${option}=${resolve(folder, value)}` : argument;
  });
}
