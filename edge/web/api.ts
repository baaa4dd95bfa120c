import {
  AccuracyData,
  SpotCountAnswer,
  type SpotCountRequest,
} from "@gatehouse/shared/contracts/accuracy";
import {
  Me,
  OpenAnswer,
  Welcome,
  WhyAnswer,
  type OpenRequest,
} from "@gatehouse/shared/contracts/kiosk";
import { ask, nothing, type Told } from "../../shared/web/ask.ts";

export const askWelcome = (): Promise<Told<Welcome>> => ask("GET", "/api/welcome", Welcome);
export const askMe = (): Promise<Told<Me>> => ask("GET", "/api/me", Me);
export const askWhy = (id: string): Promise<Told<WhyAnswer>> =>
  ask("GET", `/api/why/${encodeURIComponent(id)}`, WhyAnswer);

export const askAccuracy = (): Promise<Told<AccuracyData>> =>
  ask("GET", "/api/accuracy", AccuracyData);
export const sendCount = (count: SpotCountRequest): Promise<Told<SpotCountAnswer>> =>
  ask("POST", "/api/spot-counts", SpotCountAnswer, count);

export const signIn = (operator: string, pin: string): Promise<Told<Me>> =>
  ask("POST", "/api/login", Me, { operator, pin });
export const signOut = (): Promise<Told<undefined>> => ask("POST", "/api/logout", nothing);
export const openLane = (laneId: string, request: OpenRequest): Promise<Told<OpenAnswer>> =>
  ask("POST", `/api/lanes/${encodeURIComponent(laneId)}/open`, OpenAnswer, request);
export const acknowledgeAlert = (alertId: string): Promise<Told<undefined>> =>
  ask("POST", `/api/alerts/${encodeURIComponent(alertId)}/acknowledge`, nothing);
export const resolveAlert = (alertId: string): Promise<Told<undefined>> =>
  ask("POST", `/api/alerts/${encodeURIComponent(alertId)}/resolve`, nothing);
