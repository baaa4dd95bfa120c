import { useRef } from "preact/hooks";

/** A value that changes in place: its background fades briefly, nothing moves. */
export function LiveValue({
  text,
  class: name,
}: {
  readonly text: string;
  readonly class?: string;
}) {
  const last = useRef(text);
  const changes = useRef(0);
  if (last.current !== text) {
    last.current = text;
    changes.current += 1;
  }
  const classes = [name, changes.current > 0 ? "changed" : undefined].filter(Boolean).join(" ");
  return (
    <span key={changes.current} class={classes}>
      {text}
    </span>
  );
}
