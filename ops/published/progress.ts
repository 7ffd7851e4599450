import { showDuration } from "./duration.ts";

/** Tells a waiting user what goes on. */
export interface Progress {
  /** What is being done from now on. The same once more is nothing new. */
  step: (text: string) => void;
  /** Something that is worth a line of its own. */
  note: (text: string) => void;
  end: () => void;
}

interface Terminal {
  isTTY?: boolean;
  columns?: number;
  write: (text: string) => unknown;
}

const START_OF_LINE = "\r\u001b[K";

/** A line a step with the time that has passed. On a terminal the last line lives; elsewhere each is written once. */
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
  // Nobody waits for the clock alone.
  timer?.unref();
  return {
    step: (text) => {
      if (text === current) return;
      // Of one that only counts on, a terminal shows the last and others the first.
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
