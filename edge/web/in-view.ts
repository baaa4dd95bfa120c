import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * Brings a part of a sheet into view when something was picked for it: on a small screen it lies below its list.
 *
 * @param picked what it is about now; undefined: nothing was picked
 */
export function useInView(picked: string | undefined) {
  const part = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (picked !== undefined) part.current?.scrollIntoView({ block: "nearest" });
  }, [picked]);
  return part;
}
