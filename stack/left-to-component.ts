import { z } from "zod";

/** Values that may contain a secret are left to the component, which knows what must not be shown. */
export const leftToComponent = <Type>() => z.custom<Type>(() => true).optional();
