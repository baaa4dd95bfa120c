import { useSignal } from "@preact/signals";
import { roles } from "@gatehouse/shared/contracts/rights-at-office";
import { makeUser } from "./api.ts";
import { overview } from "./connection.ts";
import { minuteText } from "./format.ts";
import { ownOrganisation } from "./own-rights.ts";
import { loadPeople, newRequestId, showLink, take } from "./people-state.ts";
import { peopleWords } from "./people-words.ts";

const ownTimezone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Makes somebody known, with a first role, and shows the link that lets them in. */
export function InviteForm({
  isFirst,
  onDone,
}: {
  /** There is nobody yet: whoever comes first is to be an admin. */
  readonly isFirst: boolean;
  readonly onDone: () => void;
}) {
  const isAsking = useSignal(false);
  const requestId = useSignal(newRequestId());

  const submit = async (form: HTMLFormElement): Promise<void> => {
    if (isAsking.value) return;
    isAsking.value = true;
    const text = (name: string): string => {
      const value = new FormData(form).get(name);
      return typeof value === "string" ? value : "";
    };
    const id = text("place");
    const place =
      id === "" ? { kind: "organisation", id: ownOrganisation() } : { kind: "facility", id };
    const told = await makeUser({
      request_id: requestId.value,
      organisation_id: ownOrganisation(),
      email: text("email").trim(),
      first_name: text("first_name"),
      last_name: text("last_name"),
      assignments: [{ role: text("role"), place }],
    });
    isAsking.value = false;
    // What was refused may be corrected and is then another request.
    if (told.kind === "refused") requestId.value = newRequestId();
    take(told, ({ code, ends_at }) => {
      showLink(`${text("first_name")} ${text("last_name")}`, code, ends_at);
      onDone();
      void loadPeople();
    });
  };

  return (
    <form
      class="invite-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      <h2>{peopleWords.invite}</h2>
      <p class="quiet">{peopleWords.inviteHint}</p>
      <label>
        {peopleWords.firstName}
        <input name="first_name" required maxlength={100} autocomplete="off" />
      </label>
      <label>
        {peopleWords.lastName}
        <input name="last_name" required maxlength={100} autocomplete="off" />
      </label>
      <label>
        {peopleWords.email}
        <input name="email" type="email" required maxlength={200} autocomplete="off" />
      </label>
      <label>
        {peopleWords.roleField}
        <select name="role">
          {roles.map((role) => (
            <option key={role} value={role} selected={role === (isFirst ? "admin" : "attendant")}>
              {peopleWords.role[role]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {peopleWords.placeField}
        <select name="place">
          <option value="">{peopleWords.everywhere}</option>
          {(overview.value?.facilities ?? []).map(({ facility_id, name }) => (
            <option key={facility_id} value={facility_id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <div class="form-acts">
        <button type="submit" class="button primary" disabled={isAsking.value}>
          {peopleWords.makeInvitation}
        </button>
        <button type="button" class="link" onClick={onDone}>
          {peopleWords.cancel}
        </button>
      </div>
    </form>
  );
}

/** The link of an invitation, shown this once. */
export function InvitationLink({
  name,
  address,
  endsAt,
}: {
  readonly name: string;
  readonly address: string;
  readonly endsAt: string;
}) {
  const isCopied = useSignal(false);
  return (
    <section class="invitation" aria-live="polite">
      <label for="invitation-link">{peopleWords.link(name)}</label>
      <div class="invitation-line">
        <input
          id="invitation-link"
          readonly
          value={address}
          aria-describedby="invitation-hint"
          onFocus={(event) => event.currentTarget.select()}
        />
        <button
          type="button"
          class="button"
          onClick={() =>
            void navigator.clipboard.writeText(address).then(() => (isCopied.value = true))
          }
        >
          {isCopied.value ? peopleWords.copied : peopleWords.copy}
        </button>
      </div>
      <p id="invitation-hint" class="quiet">
        {peopleWords.linkHint(minuteText(endsAt, ownTimezone))}
      </p>
    </section>
  );
}
