import { rule } from "../../../../contract/rule";
import { plainSql, type CreationSql } from "../database/schema-sql";
import { DROPPED, droppedRefusal } from "./managed";

export type CreatedExtensions = CreationSql & { parameters: Record<string, string> };

export const droppedSql = rule({
  name: "dropped-sql",
  why: "The operator drops the extensions that it manages wherever none of their parameters is set, without a word.",
  *check({ parameters, ...created }: CreatedExtensions) {
    for (const { path, sql } of plainSql(created)) {
      for (const extension of DROPPED.filter((name) => creates(name, sql))) {
        const refused = droppedRefusal(extension, parameters);
        if (refused) {
          const reason = `creates ${extension}, which ${refused.reason}`;
          yield { path, value: "[not shown]", ...refused, reason };
        }
      }
    }
  },
});

function creates(extension: string, sql: string): boolean {
  const statement = `\\bcreate\\s+extension\\s+(if\\s+not\\s+exists\\s+)?"?${extension}"?(?![\\w$])`;
  return new RegExp(statement, "i").test(sql);
}
