import { rule } from "../../../contract/rule";
import type { CatalogImageArgs } from "../args";
import { extensionImageViolations } from "./extension-image";

export const catalogExtensions = rule({
  name: "catalog-extensions",
  why: "An extension's image is found by its name, and mounted where PostgreSQL 18 looks for it.",
  *check({ images }: { images: CatalogImageArgs[] }) {
    yield* images.flatMap(({ major, extensions = [] }, index) =>
      extensionImageViolations(`images[${index}].extensions`, extensions, {
        version: major,
        // The catalogue is where clusters find it.
        isCatalogued: false,
      }),
    );
  },
});
