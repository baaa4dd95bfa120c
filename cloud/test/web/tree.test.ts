import { expect, test } from "vitest";
import { inTree, placedName } from "../../web/account/tree.ts";

const organisation = (organisation_id: string, parent_id: string | null) => ({
  organisation_id,
  name: organisation_id.toUpperCase(),
  parent_id,
  facility_ids: [],
});

test("every organisation stands below its parent; whose parent is not seen stands at the top", () => {
  const told = [
    organisation("berlin", "germany"),
    organisation("france", "main"),
    organisation("germany", "hidden"),
    organisation("mitte", "berlin"),
  ];
  expect(inTree(told).map(placedName)).toEqual([
    "FRANCE",
    "GERMANY",
    "\u2003BERLIN",
    "\u2003\u2003MITTE",
  ]);
});
