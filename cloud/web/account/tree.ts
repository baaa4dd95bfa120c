import type { OrganisationsView } from "@gatehouse/shared/contracts/people";

type Organisation = OrganisationsView["organisations"][number];

/** An organisation at its place in the tree. */
export interface Placed extends Organisation {
  /** 0 at the top of what one may see. */
  readonly depth: number;
}

/** Every organisation below the one it belongs to; whose parent one may not see stands at the top. */
export function inTree(organisations: readonly Organisation[]): readonly Placed[] {
  const seen = new Set(organisations.map(({ organisation_id }) => organisation_id));
  const below = (parent: string | undefined, depth: number): Placed[] =>
    organisations
      .filter(({ parent_id }) =>
        parent === undefined ? parent_id === null || !seen.has(parent_id) : parent_id === parent,
      )
      .flatMap((each) => [{ ...each, depth }, ...below(each.organisation_id, depth + 1)]);
  return below(undefined, 0);
}

/** An organisation's name in a list of choices, set in by its depth. */
export const placedName = ({ depth, name }: Placed): string => `${"\u2003".repeat(depth)}${name}`;
