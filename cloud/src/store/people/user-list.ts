import { type AssignmentView, type UsersPage, UserView } from "@gatehouse/shared/contracts/people";
import { type SQL, sql } from "drizzle-orm";
import { type Instant, isoOf } from "@gatehouse/shared/time";
import type { UserId } from "../../domain/people/person.ts";
import type { Reach } from "../../domain/people/rights.ts";
import type { Queries } from "../database.ts";

const pageMax = 100;

export interface UsersAsked {
  /** In an e-mail address or a name. */
  readonly search: string;
  /** Behind this e-mail address. */
  readonly after: string;
  /** At most so many. */
  readonly limit?: number | undefined;
  readonly now: Instant;
}

interface Row extends Record<string, unknown> {
  readonly organisation_id: string;
  readonly user_id: string;
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly phone_number: string | null;
  readonly payment_methods: UserView["payment_methods"];
  readonly vehicle_info: UserView["vehicle_info"];
  readonly is_active: boolean;
  readonly has_password: boolean;
  readonly has_totp: boolean;
  readonly created_at: number;
  readonly invited_until: number | null;
  readonly last_seen_at: number | null;
  readonly assignments: AssignmentView[];
}

/**
 * The people of the organisations that somebody's right reaches, and those with a role at a facility that it reaches,
 * by e-mail address.
 */
export async function readUsers(
  { drizzle }: Queries,
  reaches: readonly Reach[],
  { search, after, limit = pageMax, now }: UsersAsked,
): Promise<UsersPage> {
  const wanted = `%${search.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const { rows } = await drizzle.execute<Row>(sql`${views(now)}
    where ${visibleTo(reaches)} and u.email > ${after}
      and (u.email like ${wanted} or lower(u.first_name || ' ' || u.last_name) like ${wanted})
    order by u.email limit ${limit + 1}`);
  const users = rows.slice(0, limit).map(viewOf);
  return { users, next: rows.length > limit ? (users.at(-1)?.email ?? null) : null };
}

/** One of them; undefined when there is no such person, or the right does not reach them. */
export async function readUserView(
  { drizzle }: Queries,
  reaches: readonly Reach[],
  { organisationId, userId }: UserId,
  now: Instant,
): Promise<UserView | undefined> {
  const { rows } = await drizzle.execute<Row>(sql`${views(now)}
    where ${visibleTo(reaches)} and u.organisation_id = ${organisationId} and u.user_id = ${userId}`);
  return rows[0] && viewOf(rows[0]);
}

const views = (now: Instant): SQL => sql`
  select u.organisation_id, u.user_id, u.email, u.first_name, u.last_name, u.phone_number,
    u.payment_methods, u.vehicle_info, u.is_active, ${millis(sql`u.created_at`)} as created_at,
    u.password_hash is not null as has_password, u.totp_since is not null as has_totp,
    (select ${millis(sql`i.ends_at`)} from invitations i
       where i.organisation_id = u.organisation_id and i.user_id = u.user_id
         and i.used_at is null and i.ends_at > ${new Date(now).toISOString()}) as invited_until,
    (select ${millis(sql`max(l.seen_at)`)} from logins l
       where l.organisation_id = u.organisation_id and l.user_id = u.user_id) as last_seen_at,
    (select coalesce(jsonb_agg(jsonb_build_object('role', a.role,
         'place', jsonb_build_object('kind', a.place_kind, 'id', a.place_id))
         order by a.place_kind, a.place_id, a.role), '[]')
       from assignments a
       where a.organisation_id = u.organisation_id and a.user_id = u.user_id) as assignments
  from users u`;

function visibleTo(reaches: readonly Reach[]): SQL {
  const conditions = reaches.map((reach) => {
    if (reach.kind === "everywhere") return sql`true`;
    if (reach.kind === "organisations")
      return sql`u.organisation_id = any (${listOf([...reach.organisationIds])})`;
    return sql`exists (select from assignments own
      where own.organisation_id = u.organisation_id and own.user_id = u.user_id
        and own.place_kind = 'facility' and own.place_id = ${reach.facilityId})`;
  });
  return conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`;
}

/** Drizzle hands out moments of such queries as text. */
const millis = (at: SQL): SQL => sql`(extract(epoch from ${at}) * 1000)::float8`;

const isoOrNone = (at: number | null): string | null => (at === null ? null : isoOf(at as Instant));

const listOf = (texts: readonly string[]): SQL =>
  sql`array[${sql.join(
    texts.map((text) => sql`${text}`),
    sql`, `,
  )}]::text[]`;

const viewOf = (row: Row): UserView =>
  UserView.parse({
    ...row,
    created_at: isoOf(row.created_at as Instant),
    invited_until: isoOrNone(row.invited_until),
    last_seen_at: isoOrNone(row.last_seen_at),
  });
