import { propertyPath } from "../../../../contract/schema";
import { rule } from "../../../../contract/rule";
import type { Violation } from "../../../../contract/violation";
import type { ClusterExtensionOptions } from "../../args/sql";

/** The extensions of a database. One that comes with its data has none of its own. */
type Extended = object & {
  extensions?: string[];
  extensionOptions?: Record<string, ClusterExtensionOptions>;
};

export const extensionOptions = rule({
  name: "extension-options",
  why: "Options of an extension that is not created have no effect.",
  *check(
    { database = {}, databases }: { database?: Extended; databases: Extended[] },
    isMalformed,
  ) {
    yield* unknownExtensions("database", database, isMalformed);
    yield* databases.flatMap((one, index) =>
      unknownExtensions(`databases[${index}]`, one, isMalformed),
    );
  },
});

function unknownExtensions(
  where: string,
  { extensions = [], extensionOptions: options = {} }: Extended,
  isMalformed: (path: string) => boolean,
): Violation[] {
  if (isMalformed(`${where}.extensions`)) return [];
  return Object.keys(options).flatMap((name) =>
    extensions.includes(name)
      ? []
      : [
          {
            path: `${where}.${propertyPath(["extensionOptions", name])}`,
            value: options[name],
            reason: "is no extension that is created",
            remedy: `Add "${name}" to ${where}.extensions, or remove it`,
          },
        ],
  );
}
