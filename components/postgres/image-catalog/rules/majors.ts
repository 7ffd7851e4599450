import { rule } from "../../../contract/rule";
import type { Refusal } from "../../../contract/schema";
import { OFFERED_POSTGRES, OLDEST_RUNNING_POSTGRES } from "../../../upstream/postgres/lifetimes";
import type { CatalogImageArgs } from "../args";

/** The most that the definition allows. */
const MOST = 8;

export const catalogMajors = rule({
  name: "catalog-majors",
  why: "The operator takes the image of a major version from the catalogue, and believes its number.",
  *check({ images }: { images: CatalogImageArgs[] }) {
    if (images.length === 0) yield { path: "images", value: images, ...NONE };
    if (images.length > MOST) {
      yield { path: "images", value: `${images.length} images`, ...TOO_MANY };
    }
    const majors = new Set<number>();
    yield* images.flatMap(({ major, image }, index) => {
      const path = `images[${index}].major`;
      const refused = majors.has(major) ? TWICE : majorRefusal(major, image);
      majors.add(major);
      return refused ? [{ path, value: major, ...refused }] : [];
    });
  },
});

function majorRefusal(major: number, image: string | undefined): Refusal | undefined {
  const { newest } = OFFERED_POSTGRES;
  if (major < OLDEST_RUNNING_POSTGRES || major > newest) {
    return {
      reason: "is not a major version of PostgreSQL that CloudNativePG 1.30 runs",
      remedy: `Use ${OLDEST_RUNNING_POSTGRES} to ${newest}`,
    };
  }
  // A malformed image is missing.
  const tagged = /:(\d+)(?!\d)[^/]*$/.exec(image?.replace(/@.*$/, "") ?? "")?.[1];
  if (tagged === undefined || Number(tagged) === major) return undefined;
  return {
    reason: `is not that of its image, whose tag is of PostgreSQL ${tagged}: the operator would believe it, and damage data`,
    remedy: `Set major: ${tagged}, or an image of PostgreSQL ${major}`,
  };
}

const NONE: Refusal = {
  reason: "must have at least one image",
  remedy: "Add one, or remove `images` for those that this release was tested with",
};

const TOO_MANY: Refusal = {
  reason: `are more than the ${MOST} that a catalogue may have`,
  remedy: "Remove versions that no cluster has",
};

const TWICE: Refusal = {
  reason: "is already listed, and there is one image for each major version",
  remedy: "Remove one of them",
};
