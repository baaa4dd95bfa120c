import { useEffect, useRef } from "preact/hooks";

export interface SignInFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly type: "email" | "password" | "text";
  readonly autocomplete: string;
  readonly value: string;
  /** It has just been asked for: the cursor goes there. */
  readonly isFirst?: boolean;
  readonly onInput: (text: string) => void;
}

/** One thing to type, with its label and what may help; the refusal below belongs to it. */
export function SignInField(props: SignInFieldProps) {
  const { id, label, hint, type, autocomplete, value, isFirst, onInput } = props;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst === true) field.current?.focus();
  }, []);
  const common = {
    id,
    ref: field,
    autocomplete,
    autocapitalize: "none",
    spellcheck: false,
    required: true,
    value,
    "aria-describedby": hint === undefined ? "refusal" : `${id}-hint refusal`,
    onInput: (event: { readonly currentTarget: HTMLInputElement }) =>
      onInput(event.currentTarget.value),
  } as const;
  return (
    <>
      <label for={id}>{label}</label>
      {type === "email" ? (
        <input type="email" {...common} />
      ) : type === "password" ? (
        <input type="password" {...common} />
      ) : (
        <input type="text" {...common} />
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} class="quiet">
          {hint}
        </p>
      )}
    </>
  );
}
