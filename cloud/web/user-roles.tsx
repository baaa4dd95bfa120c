import {
  type AssignmentView,
  OrganisationsView,
  type PlaceRef,
  type UserView,
} from "@gatehouse/shared/contracts/people";
import { roles } from "@gatehouse/shared/contracts/rights-at-office";
import { useSignal } from "@preact/signals";
import { inTree, placedName } from "./account/tree.ts";
import { OwnForm } from "./account/own-form.tsx";
import { facilityName, overview } from "./connection.ts";
import { useAnswer } from "./frame/answer.ts";
import { PageSection } from "./frame/page-section.tsx";
import { loadPeople } from "./people-state.ts";
import { peopleWords as words } from "./people-words.ts";
import { type PostUser, Why } from "./user-change.tsx";
import { userRoleWords } from "./user-role-words.ts";

/** The roles of one person: which they hold where, given and taken, each with its reason. */
export function UserRoles({ user, post }: { readonly user: UserView; readonly post: PostUser }) {
  const taken = useSignal<AssignmentView | undefined>(undefined);
  const done = (): void => {
    taken.value = undefined;
    void loadPeople();
  };
  const ending = taken.value;
  return (
    <PageSection title={words.roles}>
      <ul class="user-roles">
        {user.assignments.length === 0 && <li class="quiet">{words.noRole}</li>}
        {user.assignments.map((each) => (
          <li key={`${each.role} ${each.place.kind} ${each.place.id}`}>
            {words.role[each.role]}{" "}
            <span class="quiet">
              {each.place.id === "main" ? words.everywhere : facilityName(each.place.id)}
            </span>{" "}
            <button type="button" class="link" onClick={() => (taken.value = each)}>
              {userRoleWords.take}
            </button>
          </li>
        ))}
      </ul>
      {ending !== undefined && (
        <OwnForm
          label={userRoleWords.take}
          act={userRoleWords.takeIt(words.role[ending.role])}
          cancel={{ text: userRoleWords.keep, go: () => (taken.value = undefined) }}
          send={(typed) => post("/assignments/end", { ...ending, why: typed("why") })}
          onDone={done}
        >
          <Why />
        </OwnForm>
      )}
      {ending === undefined && (
        <OwnForm
          label={userRoleWords.give}
          act={userRoleWords.give}
          isPrimary
          send={(typed) =>
            post("/assignments", {
              role: typed("role"),
              place: placeOf(typed("place")),
              why: typed("why"),
            })
          }
          onDone={done}
        >
          <label>
            {words.roleField}
            <select name="role">
              {roles.map((role) => (
                <option key={role} value={role} selected={role === "attendant"}>
                  {words.role[role]}
                </option>
              ))}
            </select>
          </label>
          <PlaceField />
          <Why />
        </OwnForm>
      )}
    </PageSection>
  );
}

/** Where a role holds: an organisation with all below it, or one facility. Nothing is chosen for whoever gives it. */
function PlaceField() {
  const told = useAnswer("/api/organisations", OrganisationsView, "once").value;
  return (
    <label>
      {words.placeField}
      <select name="place" required>
        <option value="">{userRoleWords.choosePlace}</option>
        <optgroup label={userRoleWords.organisations}>
          {inTree(told?.organisations ?? []).map((each) => (
            <option key={each.organisation_id} value={`organisation/${each.organisation_id}`}>
              {placedName(each)}
            </option>
          ))}
        </optgroup>
        <optgroup label={userRoleWords.facilities}>
          {(overview.value?.facilities ?? []).map(({ facility_id, name }) => (
            <option key={facility_id} value={`facility/${facility_id}`}>
              {name}
            </option>
          ))}
        </optgroup>
      </select>
    </label>
  );
}

/** No id holds a slash. */
function placeOf(text: string): PlaceRef {
  const [kind, id = ""] = text.split("/");
  return { kind: kind === "facility" ? "facility" : "organisation", id };
}
