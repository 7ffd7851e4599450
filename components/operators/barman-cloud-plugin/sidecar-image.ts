import type { Mirror } from "../release/args";
import { mirroredImage } from "../release/mirror";
import { BARMAN_CLOUD_IMAGES } from "../versions";

/** The image of the plugin's sidecar, which has Barman and the clients of all stores. */
export function sidecarImage(mirror: Mirror | undefined): string {
  const { repository, tag } = BARMAN_CLOUD_IMAGES.sidecar;
  return mirroredImage(`${repository}:${tag}`, mirror);
}
