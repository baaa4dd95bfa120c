import { due, isAsking, look, written } from "./paying.ts";
import { Trouble } from "./trouble.tsx";
import { words } from "./words.ts";

/** Whose stay: one field, one button. */
export function DriverForm() {
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!isAsking.value && written.value.trim() !== "") void look();
  };
  return (
    <form onSubmit={submit}>
      <label class="driver-field">
        <span>{words.whose}</span>
        <input
          required
          maxLength={20}
          autocapitalize="characters"
          autocomplete="off"
          enterkeyhint="go"
          value={written.value}
          onInput={({ currentTarget }) => (written.value = currentTarget.value)}
        />
        <small>{words.whoseHint}</small>
      </label>
      <button class="button primary" type="submit" disabled={isAsking.value}>
        {words.look}
      </button>
      <Trouble told={due.value} />
    </form>
  );
}
