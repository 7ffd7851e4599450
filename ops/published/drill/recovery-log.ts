/** Facts from the log of a recovery. */
export interface RecoveryLog {
  /** Time of the last transaction that was replayed. */
  lastTransactionAt?: Date;
  /** The WAL file that was fetched last. */
  lastWal?: string;
  /** Why PostgreSQL has given up. */
  fatal?: string;
  /** The base backup that the plugin has chosen. */
  backup?: { id: string; finishedAt?: string };
}

/** A line of the operator's programs; `record` is a line of PostgreSQL's in it. */
interface Line {
  ts?: string;
  msg?: string;
  error?: string;
  record?: { error_severity?: string; message?: string };
  backup?: { backup_id?: string; EndTime?: string };
}

/** The plugin's message with the chosen base backup. */
export const BACKUP_FOUND = "Target backup found";
const LAST_TRANSACTION = /^last completed transaction was at log time (.+)$/;
/** The message to a client that connects too early, such as the operator. */
const REFUSED_CLIENT = "the database system is ";
const RESTORED = /^restored log file "([0-9A-F]{24})" from archive$/;

/** Reads the log of a recovery's containers, each in its order. */
export function readRecoveryLog(text: string): RecoveryLog {
  const log: RecoveryLog = {};
  for (const line of parseLines(text)) {
    const { error_severity: severity, message = "" } = line.record ?? {};
    const time = postgresTime(LAST_TRANSACTION.exec(message)?.[1] ?? "");
    const wal = RESTORED.exec(message)?.[1];
    const id = line.msg === BACKUP_FOUND ? line.backup?.backup_id : undefined;
    const finishedAt = line.backup?.EndTime;
    if (time) log.lastTransactionAt = time;
    if (wal !== undefined) log.lastWal = wal;
    if (isFatal(severity) && !message.startsWith(REFUSED_CLIENT)) log.fatal = message;
    if (id !== undefined) log.backup = { id, ...(finishedAt !== undefined && { finishedAt }) };
  }
  return log;
}

function isFatal(severity: string | undefined): boolean {
  return severity === "FATAL" || severity === "PANIC";
}

function parseLines(text: string): Line[] {
  return text.split("\n").flatMap((line) => parseLine(line) ?? []);
}

function parseLine(line: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `2026-11-21 08:00:39.123456+00`, as PostgreSQL logs a time. */
function postgresTime(text: string): Date | undefined {
  const [, date, time, zone = "", minutes = ":00"] =
    /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d+)?)([+-]\d{2})(:\d{2})?/.exec(text) ?? [];
  if (date === undefined || time === undefined) return undefined;
  return new Date(`${date}T${time}${zone}${minutes}`);
}

/** The last lines of a log, for people. */
export function lastLines(text: string, count: number): string[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-count)
    .map(readable);
}

function readable(line: string): string {
  const { ts, msg, error, record } = parseLine(line) ?? {};
  if (msg === undefined) return line;
  const said =
    record?.message === undefined
      ? [msg, error].filter((part) => part !== undefined).join(": ")
      : `${record.error_severity ?? "LOG"}: ${record.message}`;
  return [ts, said].filter((part) => part !== undefined).join(" ");
}
