import type { RetentionSettings } from "@gatehouse/shared/contracts/retention";
import type { FacilityAt } from "../frame/page.ts";
import { retentionWords as words } from "./retention-words.ts";
import { NumberField, SettingsForm, TextField } from "./settings-form.tsx";

/** Sets how long a facility keeps what, with the reason, which the audit keeps. */
export function RetentionForm({
  facility,
  settings,
  onKept,
}: {
  readonly facility: FacilityAt;
  readonly settings: RetentionSettings;
  readonly onKept: () => void;
}) {
  const numbers = {
    plate_days: [words.inDays(words.plateDays), 1, 3650],
    raw_days: [words.inDays(words.rawDays), 30, 3650],
    staff_days: [words.inDays(words.staffDays), 30, 3650],
    money_years: [words.inYears(words.moneyYears), 10, 30],
  } as const;
  const names = Object.keys(numbers) as (keyof typeof numbers)[];
  return (
    <SettingsForm
      title={words.change}
      path={`/v1/facilities/${encodeURIComponent(facility.facilityId)}/retention`}
      orderOf={(form) => ({
        settings: Object.fromEntries(names.map((name) => [name, Number(form.get(name))])),
        why: form.get("why"),
      })}
      onKept={onKept}
      save={words.save}
      saved={words.saved}
    >
      {names.map((name) => {
        const [label, least, most] = numbers[name];
        return (
          <NumberField
            key={name}
            name={name}
            label={label}
            value={settings[name]}
            least={least}
            most={most}
          />
        );
      })}
      <TextField name="why" label={words.why} most={500} />
    </SettingsForm>
  );
}
