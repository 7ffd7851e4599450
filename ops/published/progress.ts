import { showDuration } from "./duration.ts";

/** Reports progress to a waiting user. */
export interface Progress {
  /** Starts a step. Repeating the current step has no effect. */
  step: (text: string) => void;
  /** Prints a separate line. */
  note: (text: string) => void;
  end: () => void;
}

interface Terminal {
  isTTY?: boolean;
  columns?: number;
  write: (text: string) => unknown;
}

const START_OF_LINE = "\r\u001b[K";

/**
 * Prints one line for each step, with the elapsed time. A terminal updates the last line, other output has each line
 * once.
 */
export function progressOn(terminal: Terminal, now: () => number = Date.now): Progress {
  const startedAt = now();
  const live = terminal.isTTY === true;
  let current = "";
  const line = (text: string) =>
    `${showDuration((now() - startedAt) / 1000).padStart(12)}  ${text}`;
  const draw = () => {
    if (!live || current === "") return;
    // A line that breaks cannot be written over.
    terminal.write(`${START_OF_LINE}${line(current).slice(0, (terminal.columns ?? 80) - 1)}`);
  };
  const finish = () => {
    if (live && current !== "") terminal.write("\n");
  };
  const timer = live ? setInterval(draw, 1000) : undefined;
  // The clock alone must not keep the process running.
  timer?.unref();
  return {
    step: (text) => {
      if (text === current) return;
      // If only the detail of a step changes, a terminal shows the latest and other output the first.
      const counts = stem(text) === stem(current);
      if (!counts) finish();
      current = text;
      if (live) draw();
      else if (!counts) terminal.write(`${line(text)}\n`);
    },
    note: (text) => {
      finish();
      current = "";
      terminal.write(`${text}\n`);
    },
    end: () => {
      clearInterval(timer);
      finish();
      current = "";
    },
  };
}

/** A step without its detail. */
function stem(text: string): string {
  return text.replace(/: .*$/s, "");
}
