/** More lines would scroll the display away. */
const MAX_LINES = 4;

const SAVE = "\u001b7";
const RESTORE = "\u001b8";
const CLEAR_BELOW = "\u001b[J";

/**
 * Text that shows lines below a display that redraws itself, as the engine's does: it makes room and restores the
 * cursor. It is one string, so that the display is not drawn in between.
 */
export function below(lines: readonly string[], { columns = 80 }: { columns?: number }): string {
  if (lines.length === 0) return "";
  const width = Math.max(columns - 1, 20);
  const shown = lines
    .flatMap((line) => line.match(new RegExp(`.{1,${width}}`, "gu")) ?? [])
    .slice(0, MAX_LINES * 2);
  const room = "\n".repeat(shown.length + 1);
  const back = `\u001b[${shown.length + 1}A`;
  return `${room}${back}${SAVE}\r\n${CLEAR_BELOW}${shown.join("\r\n")}${RESTORE}`;
}
