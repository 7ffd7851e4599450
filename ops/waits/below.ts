/** Further ones would push the display itself away. */
const MAX_LINES = 4;

const SAVE = "\u001b7";
const RESTORE = "\u001b8";
const CLEAR_BELOW = "\u001b[J";

/**
 * The text that shows lines below a display that draws itself over and over, as the engine's does: room is made, and the
 * cursor is where it was afterwards. In one piece, so that the display is not drawn in between.
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
