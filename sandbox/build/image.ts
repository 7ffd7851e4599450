import { join } from "node:path";
import type { Part } from "./part.ts";

/** The registry of every image that is built here. Nothing is ever pulled from it. */
export const imagePrefix = "localhost/ha-postgres";

export interface Image {
  name: string;
  /** Repository of the image in a registry. @default - its name */
  repository?: string;
  tag: string;
  /** A Debian part that the image is based on. Without one it contains only `files`. */
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
      // A separate store that is removed with the scratch folder: the user's images are neither changed nor seen.
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
