import type { Remedy } from "@gatehouse/shared/ports/remedy";

/**
 * A vision process that answers and from which no camera is heard: it is ended, and starts anew. One camera that is
 * away is its own trouble, and none of the process's.
 */
export const restartVision = (pool: { restart(): boolean }): Remedy => ({
  action: "restart-vision",
  patients: (unwell, all) => {
    const cameras = all.filter(({ kind }) => kind === "vision");
    const away = unwell.filter(({ kind }) => kind === "vision");
    return cameras.length > 0 && away.length === cameras.length ? ["vision"] : [];
  },
  apply: async () => pool.restart(),
});
