/** The options of a request that deletes the object with this uid, and fails where another one has its name. */
export function deletionOf(uid: string) {
  return {
    apiVersion: "v1",
    kind: "DeleteOptions",
    preconditions: { uid },
    propagationPolicy: "Background",
  };
}
