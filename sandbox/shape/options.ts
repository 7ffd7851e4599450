import { type Command, InvalidArgumentError } from "commander";
import type { WantedShape } from "./shape.ts";
import { type NodeTaint, parseNodeTaint, parseTaint, type Taint } from "./taint.ts";

/** As the options below are read. */
export interface ShapeOptions {
  nodes?: number;
  zones?: number;
  taint?: NodeTaint[];
}

/** The options with which a shape of the sandbox is asked for. */
export function addShapeOptions(command: Command): Command {
  return command
    .option("--nodes <number>", "nodes of the sandbox; 3 at first, then as it is", wholeNumber)
    .option(
      "--zones <number>",
      "zones that they are in, evenly; 0: none has a label that says its zone",
      wholeNumber,
    )
    .option(
      "--taint <node=key=value:Effect>",
      "a taint that a node begins with; may be given several times",
      repeated(parseNodeTaint),
    );
}

/** The option with which a single node is given taints. */
export function addTaintOption(command: Command): Command {
  return command.option(
    "--taint <key=value:Effect>",
    "a taint that it begins with; may be given several times",
    repeated(parseTaint),
  );
}

export function wantedShape({ nodes, zones, taint: taints }: ShapeOptions): WantedShape {
  return {
    ...(nodes === undefined ? {} : { nodes }),
    ...(zones === undefined ? {} : { zones }),
    ...(taints === undefined ? {} : { taints }),
  };
}

/** Reads an option that is a number. @throws InvalidArgumentError when it is none. */
export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

function repeated<T extends Taint | NodeTaint>(parse: (text: string) => T) {
  return (text: string, before: T[] = []): T[] => {
    try {
      return [...before, parse(text)];
    } catch (error) {
      throw new InvalidArgumentError(`${(error as Error).message}.`);
    }
  };
}
