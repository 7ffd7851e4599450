/**
 * A resource row of the engine's non-interactive output: operation, type, name, state, details. Names of resources are
 * a single word here, and a misread row is printed.
 */
const ROW = /^ [-+~=<>%* ]{2} ([\w.-]+:[\w./-]*:[\w.-]+) (\S+) ?(.*)$/;

/** States of operations that have begun or are planned. Each is reported again when it is complete. */
const UNDONE =
  /^(?:running|(?:creat|updat|delet|replac|read|refresh|discard|import)(?:ing|e)?)(?: (?:replacement|original|for replacement))?(?: \(\d+s\))?(?: |$)/;

/** Warnings about what is as it should be: a new object's controller has not reported yet, and a Job's container has ended well. */
const AS_IT_SHOULD_BE =
  /^warning: (?:Has no \.status\.conditions|\[Pod \S+\]: Container "[\w.-]+" completed with exit code 0)$/;

/** Lines that only show that the engine is running. */
const ALIVE = /^(?:@ [^:]*\.{2,}|[^:]*\.\.\.: (?:starting|done))$/;

/**
 * An operation starts with this line. Its account starts with the second one: there every line is printed, since it has
 * messages of others.
 */
const OPERATION = /^(?:Previewing|Updating|Destroying|Refreshing|Importing)\b.*:$/;
const ACCOUNT = /^(?:Diagnostics|Policies|Outputs|Resources):$/;

/**
 * Filters the engine's output for a log: one line for each completed operation, and every line that is not a resource
 * row. Unknown lines are printed.
 */
export class EngineLines {
  private readonly told = new Set<string>();
  private wasBlank = true;
  private isAccount = false;

  /** Whether the line is to be printed. */
  take(line: string): boolean {
    const text = line.trimEnd();
    if (!this.isAccount && ALIVE.test(text)) return false;
    const isBlank = text === "";
    if (isBlank && this.wasBlank) return false;
    const isTaken = isBlank || this.isNews(text);
    if (isTaken) this.wasBlank = isBlank;
    return isTaken;
  }

  private isNews(text: string): boolean {
    if (OPERATION.test(text)) this.isAccount = false;
    if (ACCOUNT.test(text)) this.isAccount = true;
    if (this.isAccount) return true;
    const [row, type = "", name = "", state = ""] = ROW.exec(text) ?? [];
    if (row === undefined) return true;
    const isUndone = state === "" || UNDONE.test(state);
    if (!isUndone) return true;
    // A warning or an error is printed immediately, and not only at the end.
    const [said] = /\b(?:error|warning):.*/.exec(state) ?? [];
    if (said === undefined || AS_IT_SHOULD_BE.test(said)) return false;
    const news = `${type} ${name} ${said}`;
    if (this.told.has(news)) return false;
    this.told.add(news);
    return true;
  }
}
