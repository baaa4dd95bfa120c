/** How head office reaches people and programs outside. */
export interface NotifyConfig {
  readonly mailServer: MailServerConfig | undefined;
  /** Receivers in inner networks and without TLS count too. */
  readonly allowsInner: boolean;
}

/** The server for mail; see outgoing/smtp.ts. */
interface MailServerConfig {
  readonly host: string;
  readonly port: number;
  readonly security: "tls" | "starttls" | "plain";
  readonly user: string | undefined;
  readonly password: string;
  readonly from: string;
}

const ports = { tls: 465, starttls: 587, plain: 25 } as const;

/** Reads the settings of messages; what is wrong is said. */
export function readNotify(
  env: Readonly<Record<string, string | undefined>>,
  complaints: string[],
): NotifyConfig {
  const allowsInner = env["GATEHOUSE_NOTIFY_INNER"] === "yes";
  const text = env["GATEHOUSE_SMTP_URL"] ?? "";
  const from = env["GATEHOUSE_MAIL_FROM"] ?? "";
  if (text === "") return { mailServer: undefined, allowsInner };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^smtps?:$/.test(url.protocol) || url.hostname === "") {
    // Its text may hold a password: it is not repeated.
    complaints.push("GATEHOUSE_SMTP_URL: write smtps://user:password@host or smtp://host");
    return { mailServer: undefined, allowsInner };
  }
  if (!/^[^\s<>@]+@[^\s<>@]+$/.test(from))
    complaints.push("GATEHOUSE_MAIL_FROM: write the e-mail address that messages come from");
  const isPlain = url.searchParams.has("plain");
  const security = url.protocol === "smtps:" ? "tls" : isPlain ? "plain" : "starttls";
  const mailServer: MailServerConfig = {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? ports[security] : Number(url.port),
    security,
    user: url.username === "" ? undefined : decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    from,
  };
  return { mailServer, allowsInner };
}
