/**
 * In the place of `components/kubernetes/definitions`: whole definitions are megabytes that take the mocked engine seconds,
 * and no more than their names is looked at.
 */
import type * as Definitions from "../../../components/kubernetes/definitions";

const actual = jest.requireActual<typeof Definitions>("../../../components/kubernetes/definitions");

export const { readDefinitions } = actual;

export const createDefinitions: typeof Definitions.createDefinitions = (
  parent,
  name,
  definitions,
) =>
  actual.createDefinitions(
    parent,
    name,
    definitions.map(({ metadata }) => ({ metadata, spec: {} })),
  );
