import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { UserView } from "@gatehouse/shared/contracts/people";
import { StateMark } from "../../shared/web/state-mark.tsx";
import { facilityName } from "./connection.ts";
import { countText, minuteText } from "./format.ts";
import { PageHead } from "./frame/page-head.tsx";
import { InvitationLink, InviteForm } from "./invite.tsx";
import { mayI } from "./own-rights.ts";
import { UserActs } from "./user-acts.tsx";
import { UserPanel } from "./user-panel.tsx";
import {
  loadPeople,
  madeLink,
  nameOf,
  people,
  peopleRefusal,
  peopleSearch,
  personShown,
} from "./people-state.ts";
import { peopleWords } from "./people-words.ts";
import { Refusal } from "./refusal.tsx";

const ownTimezone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Who has an account at head office, and what they may. */
export function People() {
  const isInviting = useSignal(false);
  useEffect(() => void loadPeople(), []);
  const told = people.value;
  const chosen = told?.users.find(({ user_id }) => user_id === personShown.value);
  return (
    <>
      <PageHead
        title={peopleWords.people}
        sentence={told === undefined ? undefined : sentenceOf(told.users, told.next)}
      />
      <div class="people">
        {peopleRefusal.value !== "" && <Refusal text={peopleRefusal.value} />}
        {madeLink.value !== undefined && <InvitationLink {...madeLink.value} />}
        {chosen !== undefined && (
          <UserPanel
            key={chosen.user_id}
            user={chosen}
            onClose={() => (personShown.value = undefined)}
          />
        )}
        {mayI("change-people") &&
          (isInviting.value ? (
            <InviteForm
              isFirst={told?.users.length === 0}
              onDone={() => (isInviting.value = false)}
            />
          ) : (
            <button
              type="button"
              class="button primary invite"
              onClick={() => (isInviting.value = true)}
            >
              {peopleWords.invite}
            </button>
          ))}
        {told === undefined ? (
          <span class="skeleton people-skeleton" />
        ) : (
          <PeopleTable users={told.users} />
        )}
      </div>
    </>
  );
}

function sentenceOf(users: readonly UserView[], next: string | null): string {
  if (users.length === 0 && peopleSearch.value === "") return peopleWords.nobody;
  const isOne = users.length === 1;
  if (peopleSearch.value !== "" && next === null)
    return peopleWords.found(countText(users.length), isOne);
  return peopleWords.sentence(countText(users.length), isOne, next !== null);
}

function PeopleTable({ users }: { readonly users: readonly UserView[] }) {
  const isEmpty = users.length === 0;
  if (isEmpty && peopleSearch.value === "") return <p class="empty">{peopleWords.nobodyHint}</p>;
  return (
    <section class="people-list">
      <input
        type="search"
        class="search"
        placeholder={peopleWords.search}
        aria-label={peopleWords.search}
        value={peopleSearch}
        onInput={(event) => {
          peopleSearch.value = event.currentTarget.value;
          void loadPeople();
        }}
      />
      {isEmpty ? (
        <p class="empty">{peopleWords.noneFound(peopleSearch.value)}</p>
      ) : (
        <table class="people-table">
          <thead>
            <tr>
              <th scope="col">{peopleWords.name}</th>
              <th scope="col">{peopleWords.roles}</th>
              <th scope="col">{peopleWords.state}</th>
              <th scope="col">{peopleWords.seen}</th>
              <th scope="col" aria-label={peopleWords.acts} />
            </tr>
          </thead>
          <tbody>
            {users.map((user) => (
              <PersonRow key={`${user.organisation_id}/${user.user_id}`} user={user} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function PersonRow({ user }: { readonly user: UserView }) {
  const seen = user.last_seen_at;
  return (
    <tr class={user.is_active ? "" : "is-off"}>
      <th scope="row">
        <strong>{nameOf(user)}</strong>
        <span class="quiet">{user.email}</span>
      </th>
      <td>
        {user.assignments.length === 0 && <span class="quiet">{peopleWords.noRole}</span>}
        {user.assignments.map(({ role, place }) => (
          <span class="role" key={`${role} ${place.kind} ${place.id}`}>
            {peopleWords.role[role]}{" "}
            <span class="quiet">
              {place.id === "main" ? peopleWords.everywhere : facilityName(place.id)}
            </span>
          </span>
        ))}
      </td>
      <td>
        <StateMark tone={toneOf(user)} /> {stateOf(user)}
      </td>
      <td>{seen === null ? peopleWords.never : minuteText(seen, ownTimezone)}</td>
      <td class="acts">{mayI("change-people") && <UserActs user={user} />}</td>
    </tr>
  );
}

function toneOf(user: UserView): "ok" | "warn" | "unknown" {
  if (!user.is_active) return "unknown";
  return user.has_password ? "ok" : "warn";
}

function stateOf(user: UserView): string {
  if (!user.is_active) return peopleWords.inactive;
  if (user.has_password)
    return user.has_totp
      ? `${peopleWords.active}, ${peopleWords.secondFactor}`
      : peopleWords.active;
  return user.invited_until === null
    ? peopleWords.inviteEnded
    : peopleWords.invited(minuteText(user.invited_until, ownTimezone));
}
