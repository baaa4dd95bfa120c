/** What is to be sent. */
export type Outgoing =
  | {
      readonly kind: "http";
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | {
      readonly kind: "mail";
      readonly to: readonly string[];
      readonly title: string;
      readonly text: string;
      /** The same mail sent again has the same. */
      readonly messageId: string;
    };

/** What became of it. */
export interface Answer {
  readonly isTaken: boolean;
  /** Trying again is in vain: the receiver is gone, or refuses for good. */
  readonly isFinal: boolean;
  /** Of HTTP or SMTP; null where there was none. */
  readonly code: number | null;
  /** In a few words: what was answered, or why there was no answer. */
  readonly words: string;
  /** How long the receiver asks to wait. */
  readonly waitMs?: number;
}

/** The way out of head office. It never throws: what goes wrong is an answer. */
export interface Post {
  send(outgoing: Outgoing): Promise<Answer>;
  /** Whether there is a server for mail. */
  readonly canMail: boolean;
}

/** A process without a network: nothing gets out, and says so. */
export const noPost: Post = {
  canMail: false,
  send: () =>
    Promise.resolve({
      isTaken: false,
      isFinal: false,
      code: null,
      words: "this process has no way out",
    }),
};
