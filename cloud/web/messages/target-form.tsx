import {
  type TargetKind,
  targetKinds,
  TargetMade,
  type TargetView,
  webhookEvents,
} from "@gatehouse/shared/contracts/notify";
import { useSignal } from "@preact/signals";
import { nothing } from "../../../shared/web/ask.ts";
import { overview } from "../connection.ts";
import { ActForm, linesIn, textIn, Ticks, tickedIn } from "../frame/act-form.tsx";
import { messageWords as words } from "./message-words.ts";
import { notifyPath } from "./notify-path.ts";

const contentTypes = ["application/json", "application/x-www-form-urlencoded"] as const;

/** Adds a receiver, or changes one. */
export function TargetForm({
  target,
  canMail,
  onDone,
  onCancel,
}: {
  /** Undefined: another one. */
  readonly target: TargetView | undefined;
  readonly canMail: boolean;
  /** The secret is shown once. */
  readonly onDone: (secret: string | null) => void;
  readonly onCancel: () => void;
}) {
  const kind = useSignal<TargetKind>(target?.kind ?? "webhook");
  const acts = { save: words.save, cancel: words.cancel };
  const shared = {
    label: target === undefined ? words.addReceiver : `${words.change}: ${target.name}`,
    bodyOf: (form: FormData) => orderOf(form, kind.value),
    acts,
    onCancel,
  };
  const fields = (
    <>
      <label>
        <span>{words.kind}</span>
        <select
          value={kind.value}
          disabled={target !== undefined}
          onChange={(event) => (kind.value = event.currentTarget.value as TargetKind)}
        >
          {targetKinds.map((each) => (
            <option key={each} value={each}>
              {words.kinds[each]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{words.nameField}</span>
        <input
          name="name"
          required
          maxlength={80}
          autocomplete="off"
          defaultValue={target?.name ?? ""}
        />
      </label>
      <FacilityField chosen={target?.facility_id ?? null} />
      <Settings kind={kind.value} target={target} />
      {kind.value === "email" && !canMail && <p class="wide quiet">{words.noMail}</p>}
      <label class="check wide">
        <input type="checkbox" name="is_active" defaultChecked={target?.is_active ?? true} />
        {words.isActive}
      </label>
    </>
  );
  return target === undefined ? (
    <ActForm
      {...shared}
      path={notifyPath("/targets")}
      contract={TargetMade}
      onDone={({ secret }) => onDone(secret)}
    >
      {fields}
    </ActForm>
  ) : (
    <ActForm
      {...shared}
      path={notifyPath(`/targets/${target.target_id}`)}
      contract={nothing}
      onDone={() => onDone(null)}
    >
      {fields}
    </ActForm>
  );
}

/** Of which facility alone something is. */
export function FacilityField({ chosen }: { readonly chosen: string | null }) {
  const facilities = overview.value?.facilities ?? [];
  const isListed = chosen === null || facilities.some(({ facility_id }) => facility_id === chosen);
  return (
    <label>
      <span>{words.facilityField}</span>
      <select name="facility_id">
        <option value="">{words.allFacilities}</option>
        {!isListed && (
          <option value={chosen} selected>
            {chosen}
          </option>
        )}
        {facilities.map(({ facility_id, name }) => (
          <option key={facility_id} value={facility_id} selected={facility_id === chosen}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Settings({
  kind,
  target,
}: {
  readonly kind: TargetKind;
  readonly target: TargetView | undefined;
}) {
  const { settings = {} } = target ?? {};
  const to = Array.isArray(settings["to"]) ? settings["to"].join("\n") : "";
  const text = (name: string): string => (typeof settings[name] === "string" ? settings[name] : "");
  const url = (
    <label>
      <span>{words.url}</span>
      <input
        type="url"
        name="url"
        required
        maxlength={500}
        placeholder={words.urlHint}
        defaultValue={text("url")}
      />
    </label>
  );
  const recipients = (
    <label>
      <span>{kind === "sms" ? words.recipientsPhone : words.recipients}</span>
      <textarea name="to" required defaultValue={to} />
    </label>
  );
  switch (kind) {
    case "email":
      return recipients;
    case "sms":
      return (
        <>
          {url}
          {recipients}
          <label>
            <span>{words.template}</span>
            <textarea
              name="template"
              required
              defaultValue={text("template") || '{"to":"{to}","text":"{text}"}'}
            />
          </label>
          <label>
            <span>{words.contentType}</span>
            <select name="content_type">
              {contentTypes.map((each) => (
                <option key={each} value={each} selected={each === text("content_type")}>
                  {each}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span>{words.authorization}</span>
            <input
              type="password"
              name="authorization"
              autocomplete="off"
              placeholder={target === undefined ? "" : words.authorizationHint}
            />
          </label>
        </>
      );
    default:
      return (
        <>
          {url}
          <Ticks
            legend={words.events}
            name="events"
            choices={webhookEvents.map((value) => ({ value, label: value }))}
            ticked={target?.events ?? []}
          />
          <label class="check wide">
            <input
              type="checkbox"
              name="with_plates"
              defaultChecked={target?.with_plates ?? false}
            />
            {words.withPlates}
          </label>
        </>
      );
  }
}

function orderOf(form: FormData, kind: TargetKind): object {
  const told = {
    kind,
    name: textIn(form, "name"),
    facility_id: textIn(form, "facility_id") || null,
    is_active: form.has("is_active"),
  };
  const url = textIn(form, "url");
  switch (kind) {
    case "email":
      return { ...told, settings: { to: linesIn(form, "to") } };
    case "sms": {
      const authorization = textIn(form, "authorization");
      return {
        ...told,
        settings: {
          url,
          to: linesIn(form, "to"),
          template: textIn(form, "template"),
          content_type: textIn(form, "content_type"),
        },
        ...(authorization === "" ? {} : { authorization }),
      };
    }
    default:
      return {
        ...told,
        settings: { url },
        events: tickedIn(form, "events"),
        with_plates: form.has("with_plates"),
      };
  }
}
