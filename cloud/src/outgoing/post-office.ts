import type { Clock } from "@gatehouse/shared/ports/clock";
import type { Answer, Outgoing, Post } from "../domain/notify/outgoing.ts";
import { postHttp } from "./http-post.ts";
import { mailText } from "./mail-text.ts";
import { type MailServer, sendMail, SmtpRefusal } from "./smtp.ts";

export interface PostOfficePorts {
  readonly clock: Clock;
  readonly mailServer: MailServer | undefined;
  /** Inner networks and plain HTTP are told too. */
  readonly allowsInner: boolean;
}

/** Head office's way out: the web and the mail. */
export class PostOffice implements Post {
  readonly #ports: PostOfficePorts;

  constructor(ports: PostOfficePorts) {
    this.#ports = ports;
  }

  get canMail(): boolean {
    return this.#ports.mailServer !== undefined;
  }

  send(outgoing: Outgoing): Promise<Answer> {
    return outgoing.kind === "http" ? postHttp(this.#ports, outgoing) : this.#mail(outgoing);
  }

  async #mail({ to, title, text, messageId }: Outgoing & { kind: "mail" }): Promise<Answer> {
    const { clock, mailServer } = this.#ports;
    if (mailServer === undefined)
      return refused(null, "head office has no mail server: see GATEHOUSE_SMTP_URL", false);
    const date = new Date(clock.now()).toUTCString().replace(/GMT$/, "+0000");
    const mail = mailText({ from: mailServer.from, to, title, text, messageId, date });
    try {
      const { code, words } = await sendMail(clock, mailServer, to, mail);
      return { isTaken: true, isFinal: false, code, words };
    } catch (error) {
      if (error instanceof SmtpRefusal)
        return refused(error.code, error.message, error.code >= 500);
      return refused(null, error instanceof Error ? error.message : String(error), false);
    }
  }
}

const refused = (code: number | null, words: string, isFinal: boolean): Answer => ({
  isTaken: false,
  isFinal,
  code,
  words: words.slice(0, 200),
});
