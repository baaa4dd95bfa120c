import "./account.css";
import { OrganisationsView } from "@gatehouse/shared/contracts/people";
import { useSignal } from "@preact/signals";
import { facilityName } from "../connection.ts";
import { countText } from "../format.ts";
import { facilityAddress } from "../frame/address.ts";
import { useAnswer } from "../frame/answer.ts";
import { Answered } from "../frame/answered.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { PageHead } from "../frame/page-head.tsx";
import { mayI } from "../own-rights.ts";
import { AddOrganisation, ChangeOrganisation, MoveFacility } from "./organisation-forms.tsx";
import { organisationWords as words } from "./organisation-words.ts";
import { inTree, type Placed } from "./tree.ts";

/** The tree of organisations with their facilities; whoever may, adds to it, renames and moves. */
export function OrganisationsPage() {
  const answer = useAnswer("/api/organisations", OrganisationsView, "minute");
  const open = useSignal<"add" | "move" | { readonly changing: string } | undefined>(undefined);
  const told = answer.value?.organisations;
  const done = (): void => {
    open.value = undefined;
    answer.again();
  };
  const mayChange = mayI("change-organisations");
  return (
    <>
      <PageHead title={words.title} sentence={told && sentenceOf(told)}>
        <p class="quiet">{words.definition}</p>
      </PageHead>
      <Answered answer={answer}>
        {({ organisations }) => (
          <>
            <DataTable
              caption={words.name}
              columns={columnsOf(mayChange ? (changing) => (open.value = { changing }) : undefined)}
              rows={inTree(organisations)}
              keyOf={({ organisation_id }) => organisation_id}
              isSortable={false}
            />
            {open.value === undefined && mayChange && (
              <div class="form-acts">
                <button type="button" class="button" onClick={() => (open.value = "add")}>
                  {words.add}
                </button>
                <button type="button" class="button" onClick={() => (open.value = "move")}>
                  {words.move}
                </button>
              </div>
            )}
            {open.value === "add" && (
              <AddOrganisation
                organisations={organisations}
                onDone={done}
                onCancel={() => (open.value = undefined)}
              />
            )}
            {open.value === "move" && (
              <MoveFacility
                organisations={organisations}
                onDone={done}
                onCancel={() => (open.value = undefined)}
              />
            )}
            {typeof open.value === "object" && (
              <ChangeOrganisation
                key={open.value.changing}
                organisations={organisations}
                organisationId={open.value.changing}
                onDone={done}
                onCancel={() => (open.value = undefined)}
              />
            )}
          </>
        )}
      </Answered>
    </>
  );
}

const sentenceOf = (organisations: OrganisationsView["organisations"]): string =>
  words.sentence(
    countText(organisations.length),
    countText(organisations.reduce((sum, { facility_ids }) => sum + facility_ids.length, 0)),
  );

const columnsOf = (
  onChange: ((organisationId: string) => void) | undefined,
): readonly Column<Placed>[] => [
  {
    key: "name",
    title: words.organisation,
    value: (row) => row.name,
    show: (row) => (
      <span class={`tree tree-${row.depth}`}>
        {row.name} <span class="quiet">{row.organisation_id}</span>
      </span>
    ),
  },
  {
    key: "facilities",
    title: words.facilities,
    value: (row) => row.facility_ids.map(facilityName).join(", "),
    show: ({ facility_ids }) =>
      facility_ids.length === 0 ? (
        <span class="quiet">{words.none}</span>
      ) : (
        <span class="facility-links">
          {facility_ids.map((id) => (
            <a key={id} href={facilityAddress(id, "overview")}>
              {facilityName(id)}
            </a>
          ))}
        </span>
      ),
  },
  ...(onChange === undefined
    ? []
    : [
        {
          key: "acts",
          title: words.acts,
          value: () => "",
          show: ({ organisation_id }: Placed) => (
            <button type="button" class="link" onClick={() => onChange(organisation_id)}>
              {words.change}
            </button>
          ),
        },
      ]),
];
