import { join } from "node:path";
import type { Part } from "./part.ts";

/** The registry part of every image that is made here: nothing is ever pulled from it. */
export const imagePrefix = "localhost/ha-postgres";

export interface Image {
  name: string;
  /** Where a registry has it. @default - under its name */
  repository?: string;
  tag: string;
  /** A Debian part whose tree the image starts with; without one it holds nothing but `files`. */
  rootfs?: string;
  /** Files of other parts: [part, file in its artefact, place in the image]. */
  files?: readonly (readonly [string, string, string])[];
  user: string;
  path: string;
  entrypoint: readonly string[];
  seconds: number;
}

export function imageReference(image: Pick<Image, "name" | "repository" | "tag">): string {
  return `${imagePrefix}/${image.repository ?? image.name}:${image.tag}`;
}

/** The part that holds an image. */
export function imagePartName(name: string): string {
  return `image-${name}`;
}

/** A container image as `image.tar`, an OCI archive that containerd imports. */
export function imagePart(image: Image): Part {
  const files = image.files ?? [];
  return {
    name: imagePartName(image.name),
    needs: [...(image.rootfs ? [image.rootfs] : []), ...files.map(([part]) => part)],
    seconds: image.seconds,
    recipe: () => Promise.resolve(image),
    make: async (out, { log, scratch, artefact }) => {
      // A store of its own that goes with the scratch folder: no image of the user's is touched or seen.
      const store = ["--root", join(scratch, "store"), "--runroot", join(scratch, "run")];
      const env = { BUILDAH_ISOLATION: "chroot", STORAGE_DRIVER: "vfs", TMPDIR: scratch };
      const buildah = (...args: string[]) => log.run("buildah", [...store, ...args], { env });
      await buildah("from", "--name", "build", "scratch");
      if (image.rootfs) {
        await buildah("add", "build", join(artefact(image.rootfs), "rootfs.tar"), "/");
      }
      for (const [part, from, to] of files) {
        await buildah("copy", "build", join(artefact(part), from), to);
      }
      await buildah(
        "config",
        "--user",
        image.user,
        "--env",
        `PATH=${image.path}`,
        "--entrypoint",
        JSON.stringify(image.entrypoint),
        "build",
      );
      await buildah("commit", "build", imageReference(image));
      await buildah(
        "push",
        imageReference(image),
        `oci-archive:${join(out, "image.tar")}:${imageReference(image)}`,
      );
    },
  };
}
