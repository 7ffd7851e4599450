/** The label of the pods of a PrimaryWatch, by which the NetworkPolicies of clusters admit them. */
export const PRIMARY_WATCH_LABELS = { "app.kubernetes.io/name": "primary-watch" } as const;
