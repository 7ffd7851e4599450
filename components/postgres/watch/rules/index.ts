import { watchApart, watchedOnce } from "./namespaces";

/** The rules for every PrimaryWatch. */
export const primaryWatchRules = [watchApart, watchedOnce];
