import {
  FacilityMove,
  NewOrganisation,
  OrganisationChange,
  type OrganisationsView,
} from "@gatehouse/shared/contracts/people";
import { refuse } from "@gatehouse/shared/refusal";
import { Hono } from "hono";
import type { Person } from "../../domain/people/person.ts";
import { may } from "../../domain/people/rights.ts";
import {
  changeOrganisation,
  makeOrganisation,
  moveFacility,
  readOrganisations,
} from "../../store/people/organisations.ts";
import type { OfficeEnv } from "../office-door.ts";
import { problems } from "../problems.ts";
import { readBody } from "../request-body.ts";
import { answerOutcome } from "./outcome-answer.ts";
import { inBounds, type PeoplePorts } from "./people-ports.ts";

/** The tree of operators and tenants, and to whom each facility belongs. */
export function organisationRoutes({ database, door }: PeoplePorts): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();

  app.get("/api/organisations", door.asks("see-facilities"), async (c) => {
    const { person } = c.var;
    const all = await readOrganisations(database);
    const organisations = all.flatMap((organisation) => {
      const { organisation_id: organisationId } = organisation;
      const facility_ids = organisation.facility_ids.filter((facilityId) =>
        may(person, "see-facilities", { kind: "facility", facilityId, organisationId }),
      );
      const isSeen = may(person, "see-facilities", { kind: "organisation", organisationId });
      return isSeen || facility_ids.length > 0 ? [{ ...organisation, facility_ids }] : [];
    });
    return c.json({ organisations } satisfies OrganisationsView);
  });

  app.post("/api/organisations", door.asks("change-organisations"), inBounds, async (c) => {
    const read = await readBody(c.req, NewOrganisation);
    if (read.kind === "problem") return refuse(read.problem);
    const { organisation_id: organisationId, name, parent_id: parentId } = read.body;
    if (!mayChange(c.var.person, parentId)) return refuse(problems.noSuchOrganisation);
    const asked = { organisationId, name, parentId };
    const made = await makeOrganisation(database, asked, door.asking(c, read.body));
    return answerOutcome(made, () => c.body(null, 201));
  });

  app.post(
    "/api/organisations/:organisation_id",
    door.asks("change-organisations"),
    inBounds,
    async (c) => {
      const read = await readBody(c.req, OrganisationChange);
      if (read.kind === "problem") return refuse(read.problem);
      const { name, parent_id: parentId } = read.body;
      const organisationId = c.req.param("organisation_id");
      for (const each of [organisationId, parentId ?? organisationId])
        if (!mayChange(c.var.person, each)) return refuse(problems.noSuchOrganisation);
      const asking = door.asking(c, read.body);
      const to = { name, parentId };
      return answerOutcome(await changeOrganisation(database, organisationId, to, asking));
    },
  );

  app.post(
    "/api/facilities/:facility_id/organisation",
    door.asks("change-organisations"),
    inBounds,
    async (c) => {
      const read = await readBody(c.req, FacilityMove);
      if (read.kind === "problem") return refuse(read.problem);
      const { organisation_id: organisationId } = read.body;
      if (!mayChange(c.var.person, organisationId)) return refuse(problems.noSuchOrganisation);
      const asking = door.asking(c, read.body);
      const facilityId = c.req.param("facility_id");
      return answerOutcome(await moveFacility(database, facilityId, organisationId, asking));
    },
  );

  return app;
}

const mayChange = (person: Person, organisationId: string): boolean =>
  may(person, "change-organisations", { kind: "organisation", organisationId });
