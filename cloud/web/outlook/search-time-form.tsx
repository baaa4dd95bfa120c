import type { SearchTimeSettings } from "@gatehouse/shared/contracts/reports/sustainability";
import type { FacilityAt } from "../frame/page.ts";
import { NumberField, SettingsForm, TextField } from "./settings-form.tsx";
import { sustainabilityWords as words } from "./sustainability-words.ts";

/** Sets what is assumed of a search without guidance. */
export function SearchTimeForm({
  facility,
  settings,
  onKept,
}: {
  readonly facility: FacilityAt;
  readonly settings: SearchTimeSettings;
  readonly onKept: () => void;
}) {
  const numbers = {
    baseline_low_s: [words.low, 0, 3600, 1],
    baseline_s: [words.likely, 0, 3600, 1],
    baseline_high_s: [words.high, 0, 3600, 1],
    speed_kmh: [words.speedField, 1, 50, "any"],
    co2_g_per_km: [words.factorField, 0, 1000, "any"],
  } as const;
  const names = Object.keys(numbers) as (keyof typeof numbers)[];
  return (
    <SettingsForm
      title={words.change}
      path={`/v1/facilities/${encodeURIComponent(facility.facilityId)}/search-time`}
      orderOf={(form) => ({
        settings: {
          ...Object.fromEntries(names.map((name) => [name, Number(form.get(name))])),
          baseline_source: form.get("baseline_source"),
          co2_source: form.get("co2_source"),
        },
      })}
      onKept={onKept}
      save={words.save}
      saved={words.saved}
    >
      {names.map((name) => {
        const [label, least, most, step] = numbers[name];
        return (
          <NumberField
            key={name}
            name={name}
            label={label}
            value={settings[name]}
            least={least}
            most={most}
            step={step}
          />
        );
      })}
      <TextField
        name="baseline_source"
        label={words.sourceOfSearch}
        value={settings.baseline_source}
        most={300}
      />
      <TextField
        name="co2_source"
        label={words.sourceOfFactor}
        value={settings.co2_source}
        most={300}
      />
    </SettingsForm>
  );
}
