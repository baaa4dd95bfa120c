/** What can be done with what was chosen; one of it. */
export function ActChoice<Act extends string>({
  name,
  acts,
  chosen,
  choose,
  texts,
  isDisabled = () => false,
}: {
  /** Of the radio buttons. */
  readonly name: string;
  readonly acts: readonly Act[];
  readonly chosen: Act | undefined;
  readonly choose: (act: Act) => void;
  readonly texts: Readonly<Record<Act, string>>;
  readonly isDisabled?: (act: Act) => boolean;
}) {
  return (
    <fieldset class="device-acts">
      {acts.map((each) => (
        <label key={each} class="choice">
          <input
            type="radio"
            name={name}
            value={each}
            disabled={isDisabled(each)}
            checked={chosen === each}
            onChange={() => choose(each)}
          />
          <span>{texts[each]}</span>
        </label>
      ))}
    </fieldset>
  );
}
