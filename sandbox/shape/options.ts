import { type Command, InvalidArgumentError } from "commander";
import type { WantedShape } from "./shape.ts";
import { type NodeTaint, parseNodeTaint, parseTaint, type Taint } from "./taint.ts";

/** The parsed options. */
export interface ShapeOptions {
  nodes?: number;
  zones?: number;
  taint?: NodeTaint[];
}

/** Adds the options that request a shape of the sandbox. */
export function addShapeOptions(command: Command): Command {
  return command
    .option("--nodes <number>", "nodes of the sandbox; 3 at first, then unchanged", wholeNumber)
    .option(
      "--zones <number>",
      "zones to spread them over evenly; 0: no node has the label of a zone",
      wholeNumber,
    )
    .option(
      "--taint <node=key=value:Effect>",
      "a taint of a new node; may be repeated",
      repeated(parseNodeTaint),
    );
}

/** Adds the option that gives taints to a single node. */
export function addTaintOption(command: Command): Command {
  return command.option(
    "--taint <key=value:Effect>",
    "a taint of the new node; may be repeated",
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

/**
 * Reads a number.
 *
 * @throws InvalidArgumentError if it is not a whole number.
 */
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
