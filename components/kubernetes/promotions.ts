/**
 * Annotation of a Cluster whose promotion without a token is wanted: the policy of CloudNativePgOperator refuses it otherwise.
 * Components set it for `promoteWithoutToken`.
 */
export const PROMOTE_WITHOUT_TOKEN = "ha-postgres/promote-without-token";
