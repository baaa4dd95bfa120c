import type { OrganisationsView } from "@gatehouse/shared/contracts/people";
import { useSignal } from "@preact/signals";
import { facilityName } from "../connection.ts";
import { ask, nothing } from "../../../shared/web/ask.ts";
import { newRequestId } from "../people-state.ts";
import { OwnForm } from "./own-form.tsx";
import { organisationWords as words } from "./organisation-words.ts";
import { inTree, placedName } from "./tree.ts";

interface FormProps {
  readonly organisations: OrganisationsView["organisations"];
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** One more organisation below another. */
export function AddOrganisation({ organisations, onDone, onCancel }: FormProps) {
  return (
    <OwnForm
      label={words.add}
      act={words.addIt}
      isPrimary
      cancel={{ text: words.cancel, go: onCancel }}
      send={(typed) =>
        ask("POST", "/api/organisations", nothing, {
          request_id: newRequestId(),
          organisation_id: typed("organisation_id"),
          name: typed("name"),
          parent_id: typed("parent_id"),
        })
      }
      onDone={onDone}
    >
      <label>
        {words.orgName}
        <input name="name" required maxlength={100} autocomplete="off" />
      </label>
      <label>
        {words.orgId}
        <input
          name="organisation_id"
          required
          maxlength={64}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          aria-describedby="organisation-id-hint"
        />
      </label>
      <p id="organisation-id-hint" class="quiet">
        {words.orgIdHint}
      </p>
      <Choice name="parent_id" label={words.below} organisations={organisations} />
    </OwnForm>
  );
}

/** Another name, or another place in the tree. */
export function ChangeOrganisation({
  organisations,
  organisationId,
  onDone,
  onCancel,
}: FormProps & { readonly organisationId: string }) {
  const own = organisations.find((each) => each.organisation_id === organisationId);
  const parent = own?.parent_id ?? undefined;
  return (
    <OwnForm
      label={`${words.change} ${own?.name ?? organisationId}`}
      act={words.save}
      isPrimary
      cancel={{ text: words.cancel, go: onCancel }}
      send={(typed) =>
        ask("POST", `/api/organisations/${encodeURIComponent(organisationId)}`, nothing, {
          request_id: newRequestId(),
          name: typed("name"),
          why: typed("why"),
          ...(parent === undefined || typed("parent_id") === parent
            ? {}
            : { parent_id: typed("parent_id") }),
        })
      }
      onDone={onDone}
    >
      <label>
        {words.orgName}
        <input name="name" required maxlength={100} autocomplete="off" defaultValue={own?.name} />
      </label>
      {parent !== undefined && (
        <Choice
          name="parent_id"
          label={words.below}
          organisations={organisations.filter((each) => each.organisation_id !== organisationId)}
          chosen={parent}
        />
      )}
      <Why />
    </OwnForm>
  );
}

/** Gives a facility to another organisation. */
export function MoveFacility({ organisations, onDone, onCancel }: FormProps) {
  const owned = organisations.flatMap(({ facility_ids, name, organisation_id }) =>
    facility_ids.map((id) => ({ id, name, organisation_id })),
  );
  const facilityId = useSignal(owned[0]?.id ?? "");
  return (
    <OwnForm
      label={words.move}
      act={words.moveIt}
      isPrimary
      cancel={{ text: words.cancel, go: onCancel }}
      send={(typed) =>
        ask(
          "POST",
          `/api/facilities/${encodeURIComponent(facilityId.value)}/organisation`,
          nothing,
          {
            request_id: newRequestId(),
            organisation_id: typed("organisation_id"),
            why: typed("why"),
          },
        )
      }
      onDone={onDone}
    >
      <label>
        {words.facility}
        <select
          value={facilityId}
          onChange={(event) => (facilityId.value = event.currentTarget.value)}
        >
          {owned.map(({ id, name }) => (
            <option key={id} value={id}>
              {facilityName(id)} ({name})
            </option>
          ))}
        </select>
      </label>
      <Choice
        name="organisation_id"
        label={words.to}
        organisations={organisations}
        chosen={owned.find(({ id }) => id === facilityId.value)?.organisation_id}
      />
      <Why />
    </OwnForm>
  );
}

function Choice({
  name,
  label,
  organisations,
  chosen,
}: {
  readonly name: string;
  readonly label: string;
  readonly organisations: FormProps["organisations"];
  readonly chosen?: string | undefined;
}) {
  return (
    <label>
      {label}
      <select name={name}>
        {inTree(organisations).map((each) => (
          <option
            key={each.organisation_id}
            value={each.organisation_id}
            selected={each.organisation_id === chosen}
          >
            {placedName(each)}
          </option>
        ))}
      </select>
    </label>
  );
}

const Why = () => (
  <label>
    {words.why}
    <input name="why" required maxlength={200} autocomplete="off" />
  </label>
);
