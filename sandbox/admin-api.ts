import { fastify } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { contactSchema } from './crm.js';
import { faultSchema } from './faults.js';
import { hostSchema, tenantPatchSchema } from './tenant-settings.js';
import { describeTenant } from './tenant-view.js';
import type { Tenant, Tenants } from './tenants.js';

const BODY_LIMIT = 16 * 1024 * 1024;

const params = z.object({ cust: z.string().regex(/^Cust\d{1,10}$/) });
const oneOrMore = <T extends z.ZodType>(schema: T) => z.union([schema, z.array(schema).min(1)]);

/** Plain HTTP for whoever runs the sandbox: sets the scene and reads what happened. No part of SuperOffice. */
export function createAdminApi(tenants: Tenants) {
  const app = fastify({ bodyLimit: BODY_LIMIT, forceCloseConnections: true })
    .setValidatorCompiler(validatorCompiler)
    .setSerializerCompiler(serializerCompiler)
    .withTypeProvider<ZodTypeProvider>();

  const find = (cust: string): Tenant => {
    const tenant = tenants.find(cust);
    if (!tenant) throw Object.assign(new Error(`There is no tenant ${cust}.`), { statusCode: 404 });
    return tenant;
  };

  app.put('/tenants/:cust', { schema: { params, body: tenantPatchSchema } }, (request, reply) => {
    const isNew = tenants.find(request.params.cust) === undefined;
    const tenant = tenants.put(request.params.cust, request.body);
    return reply.code(isNew ? 201 : 200).send(describeTenant(tenant));
  });

  app.get('/tenants/:cust', { schema: { params } }, ({ params: { cust } }) => describeTenant(find(cust)));

  app.post(
    '/tenants/:cust/faults',
    { schema: { params, body: oneOrMore(faultSchema) } },
    ({ params: { cust }, body }, reply) => {
      const { faults } = find(cust);
      faults.push(...[body].flat());
      return reply.code(201).send(faults);
    },
  );

  app.delete('/tenants/:cust/faults', { schema: { params } }, ({ params: { cust } }, reply) => {
    find(cust).faults = [];
    return reply.code(204).send();
  });

  app.post(
    '/tenants/:cust/contacts',
    { schema: { params, body: oneOrMore(contactSchema) } },
    ({ params: { cust }, body }, reply) => {
      const { contacts } = find(cust);
      contacts.push(...[body].flat());
      return reply.code(201).send(contacts);
    },
  );

  app.post(
    '/tenants/:cust/move',
    { schema: { params, body: z.strictObject({ host: hostSchema }) } },
    ({ params: { cust }, body: { host } }) => describeTenant(Object.assign(find(cust), { host })),
  );

  app.get('/tenants/:cust/records', { schema: { params } }, ({ params: { cust } }) => find(cust).records);

  app.get('/tenants/:cust/counters', { schema: { params } }, ({ params: { cust } }) =>
    find(cust).counter.read(),
  );

  app.get('/counters', () => ({
    unknownTenantHits: tenants.unknownHits,
    tenants: Object.fromEntries(
      tenants.all().map(({ customerInstance, counter }) => [customerInstance, counter.read()]),
    ),
  }));

  return app;
}
