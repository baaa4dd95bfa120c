import { useRef } from "preact/hooks";

/** A value that changes in place: its background fades briefly, nothing moves. */
export function LiveValue({ text }: { readonly text: string }) {
  const last = useRef(text);
  const changes = useRef(0);
  if (last.current !== text) {
    last.current = text;
    changes.current += 1;
  }
  return (
    <span key={changes.current} class={changes.current > 0 ? "changed" : undefined}>
      {text}
    </span>
  );
}
