/**
 * A resource as the engine prints it where nobody watches: operation, type, name, what happens, and what more it knows. Names
 * of resources are one word here, and a row that is read wrongly is printed.
 */
const ROW = /^ [-+~=<>%* ]{2} ([\w.-]+:[\w./-]*:[\w.-]+) (\S+) ?(.*)$/;

/** What has only begun, or is only planned. The same is told once more when it is done. */
const UNDONE =
  /^(?:running|(?:creat|updat|delet|replac|read|refresh|discard|import)(?:ing|e)?)(?: (?:replacement|original|for replacement))?(?: \(\d+s\))?(?: |$)/;

/** Of what has just been created, and about which its controller has had no time to say anything. */
const TOO_EARLY = /^warning: Has no \.status\.conditions$/;

/** By which the engine tells that it is there, or at what. */
const ALIVE = /^(?:@ [^:]*\.{2,}|[^:]*\.\.\.: (?:starting|done))$/;

/** What an operation begins with, and with what its account begins, in which others speak: there a line is what it is. */
const OPERATION = /^(?:Previewing|Updating|Destroying|Refreshing|Importing)\b.*:$/;
const ACCOUNT = /^(?:Diagnostics|Policies|Outputs|Resources):$/;

/**
 * Chooses the lines of the engine's that are worth a line of a log: one for what is done, and everything that is no row of a
 * resource. What is not known here is printed.
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
    // A warning or an error is told when it comes, and not only at the end.
    const [said] = /\b(?:error|warning):.*/.exec(state) ?? [];
    if (said === undefined || TOO_EARLY.test(said)) return false;
    const news = `${type} ${name} ${said}`;
    if (this.told.has(news)) return false;
    this.told.add(news);
    return true;
  }
}
