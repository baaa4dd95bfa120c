import type { WatchData } from "@gatehouse/shared/contracts/control";

/** What somebody sees who stands beside a lane. */
export interface WatchDesk {
  /**
   * What came after a line, and how the lanes are now.
   *
   * @param laneId undefined: every lane
   * @param after undefined: nothing, only how it is now
   * @returns undefined when there is no such lane
   */
  since(laneId: string | undefined, after: number | undefined): WatchData | undefined;
}
