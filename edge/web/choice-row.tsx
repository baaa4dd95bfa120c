import type { ComponentChildren } from "preact";

export interface ChoiceRowProps {
  /** Of the radio buttons it is one of. */
  readonly group: string;
  readonly name: string;
  /** What else is known; empty ones are left out. */
  readonly facts?: readonly string[];
  readonly beside?: ComponentChildren;
  readonly isChosen: boolean;
  readonly isDisabled?: boolean;
  readonly choose: () => void;
}

/** One of a list that can be chosen: its name, what is known of it, and a figure or a state beside. */
export function ChoiceRow(props: ChoiceRowProps) {
  return (
    <li>
      <label class="choice device-choice">
        <input
          type="radio"
          name={props.group}
          checked={props.isChosen}
          disabled={props.isDisabled === true}
          onChange={props.choose}
        />
        <ChoiceText {...props} />
      </label>
    </li>
  );
}

/** A name, what is known of it, and a figure or a state beside. */
export function ChoiceText({
  name,
  facts = [],
  beside,
}: Pick<ChoiceRowProps, "name" | "facts" | "beside">) {
  return (
    <span>
      <span class="device-name">
        <strong>{name}</strong>
        <span class="vehicle-facts">
          {facts
            .filter((fact) => fact !== "")
            .map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
        </span>
      </span>
      {beside}
    </span>
  );
}
