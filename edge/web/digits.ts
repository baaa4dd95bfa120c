import { useLayoutEffect } from "preact/hooks";

/**
 * The keys 1 to 9 choose among the radio buttons of a name, unless somebody is writing; the chosen one has the focus
 * then, so that Enter confirms the sheet.
 */
export function useDigits(name: string): void {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!/^[1-9]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
      const { target } = event;
      const isWriting =
        (target instanceof HTMLInputElement && target.type !== "radio") ||
        target instanceof HTMLSelectElement;
      if (isWriting) return;
      event.preventDefault();
      const radio = document.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)[
        Number(event.key) - 1
      ];
      if (radio === undefined || radio.disabled) return;
      radio.click();
      radio.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [name]);
}
