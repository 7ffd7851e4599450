/** A statement of an assertion, with what the report calls it. */
export interface Statement {
  title: string;
  sql: string;
}

/**
 * SQL tokens that may contain a semicolon: escape strings, names, strings, quoted names, dollar-quoted strings,
 * comments.
 */
const TOKEN =
  /[eE]'(?:[^'\\]|''|\\[^])*'|[\p{L}_][\p{L}\p{N}_$]*|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\p{L}[\p{L}\p{N}_]*)?\$[^]*?\$\1\$|--[^\n]*|\/\*[^]*?\*\/|[^]/gu;

/** The statements of a file. A comment line before a statement is its title; without one it is its own title. */
export function splitStatements(text: string): Statement[] {
  const statements: Statement[] = [];
  let sql = "";
  let comment = "";
  const end = () => {
    const trimmed = sql.trim();
    if (trimmed !== "")
      statements.push({ title: comment === "" ? titleOf(trimmed) : comment, sql: trimmed });
    sql = "";
    comment = "";
  };
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === ";") end();
    else if (token.startsWith("--")) comment = sql.trim() === "" ? token.slice(2).trim() : comment;
    else if (!token.startsWith("/*")) sql += token;
    else sql += " ";
  }
  end();
  return statements;
}

/** A statement as its own title, in one line. */
export function titleOf(sql: string): string {
  const line = sql.replace(/\s+/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
