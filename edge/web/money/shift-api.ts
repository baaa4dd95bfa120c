import { type PrintRequest, ReportPrintAnswer } from "@gatehouse/shared/contracts/documents";
import {
  ShiftAnswer,
  ShiftReportData,
  ShiftsData,
  TillsData,
  type CloseShiftRequest,
  type CountShiftRequest,
  type OpenShiftRequest,
  type RelieveShiftRequest,
  type ShiftMoveRequest,
} from "@gatehouse/shared/contracts/shifts";
import { ask, type Told } from "../../../shared/web/ask.ts";

/** Drawers, and who answers for them. */
const at = (shiftId: string, what: string): string =>
  `/api/shifts/${encodeURIComponent(shiftId)}/${what}`;
const act = (shiftId: string, what: string, request: object): Promise<Told<ShiftAnswer>> =>
  ask("POST", at(shiftId, what), ShiftAnswer, request);

export const askTills = (): Promise<Told<TillsData>> => ask("GET", "/api/tills", TillsData);
export const openShift = (tillId: string, request: OpenShiftRequest): Promise<Told<ShiftAnswer>> =>
  ask("POST", `/api/tills/${encodeURIComponent(tillId)}/shift`, ShiftAnswer, request);
export const moveInShift = (shiftId: string, request: ShiftMoveRequest) =>
  act(shiftId, "move", request);
export const countShift = (shiftId: string, request: CountShiftRequest) =>
  act(shiftId, "count", request);
export const closeShift = (shiftId: string, request: CloseShiftRequest) =>
  act(shiftId, "close", request);
export const relieveShift = (shiftId: string, request: RelieveShiftRequest) =>
  act(shiftId, "relief", request);

export const askReport = (shiftId: string): Promise<Told<ShiftReportData>> =>
  ask("GET", at(shiftId, "report"), ShiftReportData);
export const printReport = (
  shiftId: string,
  request: PrintRequest,
): Promise<Told<ReportPrintAnswer>> =>
  ask("POST", at(shiftId, "print"), ReportPrintAnswer, request);
/** Where a report is as a file. */
export const reportPdf = (shiftId: string): string => `${at(shiftId, "report")}?format=pdf`;
/** @param from civil day as "2026-01-31"; with `to` the days on which shifts began */
export const askShifts = (from: string, to: string): Promise<Told<ShiftsData>> =>
  ask(
    "GET",
    `/api/shifts?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`,
    ShiftsData,
  );
