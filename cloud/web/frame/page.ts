import type { Right } from "@gatehouse/shared/contracts/rights-at-office";
import type { ComponentType } from "preact";
import type { Question } from "./address.ts";

/** The groups of the navigation, as a manager thinks, in their order. */
export const pageGroups = [
  "today",
  "money",
  "traffic",
  "rules",
  "devices",
  "people",
  "reports",
] as const;
export type PageGroup = (typeof pageGroups)[number];

/** The facility that a page is about. */
export interface FacilityAt {
  readonly facilityId: string;
  readonly name: string;
  /** Its IANA time zone. */
  readonly timezone: string;
  /** Null until its edge has told. */
  readonly currency: string | null;
  /** The present day there, `2026-11-20`. */
  readonly today: string;
}

export interface FacilityPageProps {
  readonly facility: FacilityAt;
  readonly question: Question;
}

export interface WholePageProps {
  readonly question: Question;
}

interface PageFacts {
  /** What stands in the address: lower case, digits, dashes; "" is the list of facilities. */
  readonly part: string;
  /** What the navigation calls it, in the page's language. */
  readonly title: string;
  readonly group: PageGroup;
  /** Whoever does not hold it is not offered the page. */
  readonly right: Right;
  /** It is reached from other pages only. */
  readonly isHidden?: true;
}

/** A page about one facility, at `#/f/FACILITY/PART`. */
export interface FacilityPage extends PageFacts {
  readonly scope: "facility";
  readonly load: () => Promise<ComponentType<FacilityPageProps>>;
}

/** A page about no one facility, at `#/PART`. */
export interface WholePage extends PageFacts {
  readonly scope: "whole";
  readonly load: () => Promise<ComponentType<WholePageProps>>;
}

export type Page = FacilityPage | WholePage;
