import { z } from "zod";
import { AssignmentView, requestId } from "./people.ts";
import { Right } from "./rights-at-office.ts";

/* What people do about their own account at head office: signing in, the second factor, tokens for their tools. */

const instant = z.iso.datetime();
const password = z.string().min(1).max(200);

/** A code of the authenticator app, or one of the recovery codes. */
const code = z.string().trim().min(6).max(20);

/**
 * `POST /api/login`: a person, or head office's first token. A right password without its second factor is refused
 * as `code-needed`; the same is then asked again with `code`.
 */
export const HeadOfficeLogin = z.union(
  [
    z.strictObject({ token: z.string().min(1).max(500) }),
    z.strictObject({ email: z.string().trim().min(1).max(200), password, code: code.optional() }),
  ],
  { error: "write email and password, or token" },
);
export type HeadOfficeLogin = z.infer<typeof HeadOfficeLogin>;

/** `GET /api/login`: how one may sign in here; head office's first token opens it only until there is an admin. */
export const WaysIn = z.object({ takes_token: z.boolean() });
export type WaysIn = z.infer<typeof WaysIn>;

/** `GET /api/me`: who is signed in, and what they may anywhere. */
export const Me = z.object({
  kind: z.enum(["office-token", "login", "api-token"]),
  /** Null for the bearer of head office's first token. */
  user: z
    .object({
      organisation_id: z.string(),
      user_id: z.string(),
      email: z.string(),
      first_name: z.string(),
      last_name: z.string(),
      has_totp: z.boolean(),
      recovery_codes_left: z.number().int().nonnegative(),
    })
    .nullable(),
  assignments: z.array(AssignmentView),
  rights: z.array(Right),
});
export type Me = z.infer<typeof Me>;

/** `GET /api/me/logins`: where one is signed in. */
export const OwnLogins = z.object({
  logins: z.array(
    z.object({
      login_id: z.string(),
      began_at: instant,
      seen_at: instant,
      address: z.string(),
      /** What the browser calls itself. */
      agent: z.string(),
      is_this: z.boolean(),
    }),
  ),
});
export type OwnLogins = z.infer<typeof OwnLogins>;

/** `POST /api/me/logins/end`: signs out everywhere, here too. */
export const EndLogins = z.strictObject({ request_id: requestId });

/** `POST /api/me/password`: ends every other login. */
export const PasswordChange = z.strictObject({
  request_id: requestId,
  password,
  new_password: password,
});

/** `POST /api/me/totp/begin`: the secret for an authenticator app; nothing changes until a code of it is shown. */
export const TotpBegin = z.strictObject({ password });
export const TotpBegun = z.object({
  /** Base32, to type in. */
  secret: z.string(),
  /** `otpauth://…`, to show as a QR code. */
  address: z.string(),
});
export type TotpBegun = z.infer<typeof TotpBegun>;

/** `POST /api/me/totp/confirm`: from now on a code is asked for. Answers recovery codes, shown this once. */
export const TotpConfirm = z.strictObject({ request_id: requestId, code });
export const RecoveryCodes = z.object({ recovery_codes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

/** `POST /api/me/totp/end`: no code is asked for any more. */
export const TotpEnd = z.strictObject({ request_id: requestId, password, code });

/** `POST /api/me/tokens`: a token for a tool, never more than its owner may, narrowed to its scopes. */
export const NewToken = z.strictObject({
  request_id: requestId,
  name: z.string().trim().min(1).max(60),
  scopes: z.array(Right).min(1, "write what it may do").max(20),
  /** At most a year away. */
  ends_at: z.iso.datetime({ offset: true }),
});
export type NewToken = z.infer<typeof NewToken>;

/** Its answer; `token` is shown this once. */
export const TokenMade = z.object({ token_id: z.string(), token: z.string(), ends_at: instant });
export type TokenMade = z.infer<typeof TokenMade>;

/** `POST /api/me/tokens/{token_id}/end` */
export const TokenEnd = z.strictObject({ request_id: requestId });

/** `GET /api/me/tokens` */
export const OwnTokens = z.object({
  tokens: z.array(
    z.object({
      token_id: z.string(),
      name: z.string(),
      scopes: z.array(Right),
      created_at: instant,
      ends_at: instant,
      last_used_at: instant.nullable(),
    }),
  ),
});
export type OwnTokens = z.infer<typeof OwnTokens>;
