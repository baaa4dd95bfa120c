/** A facility and the token that opens it. */
export interface Enrolment {
  readonly facilityId: string;
  /** Its secret; only the SHA-256 is kept. */
  readonly token: string;
}
