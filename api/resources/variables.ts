import * as z from 'zod/mini';
import { isSecret } from '../../csms/configuration/secrets.js';
import { variableKeyOf } from '../../csms/configuration/variable-key.js';
import type { Attribute, Characteristics, Component, Told } from '../../csms/device-model/ports.js';
import type { Protocol } from '../../csms/ocpp/protocol.js';
import { hidden } from '../../csms/without-secrets.js';
import { readChargePoint } from '../known.js';
import { operation } from '../operation.js';
import { pageOf, pageReply, paging } from '../pages.js';
import { ofChargePoint } from '../params.js';

const shownComponent = z.object({
  name: z.string(),
  instance: z.optional(z.string()),
  evseId: z.optional(z.number()),
  connectorId: z.optional(z.number()),
  variables: z.array(
    z.object({
      /** What it is desired by in a configuration. */
      key: z.string(),
      name: z.string(),
      instance: z.optional(z.string()),
      attributes: z.array(
        z.object({
          type: z.string(),
          value: z.optional(z.string()),
          at: z.optional(z.string()),
          mutability: z.optional(z.string()),
          persistent: z.optional(z.boolean()),
          constant: z.optional(z.boolean()),
        }),
      ),
      characteristics: z.optional(z.looseObject({ dataType: z.string() })),
    }),
  ),
});

function shown(component: Component, protocol: Protocol | undefined): z.infer<typeof shownComponent> {
  const { variables, evseId, connectorId, ...names } = component;
  const evse = evseId === undefined ? {} : { evse: { id: evseId, ...(connectorId !== undefined && { connectorId }) } };
  const keyOf = (variable: { name: string; instance?: string }) =>
    protocol === 'ocpp1.6' ? variable.name : variableKeyOf({ component: { ...names, ...evse }, variable });
  return {
    ...{ ...names, ...(evseId !== undefined && { evseId }), ...(connectorId !== undefined && { connectorId }) },
    variables: variables.map(({ name, instance, attributes, characteristics }) => {
      const variable = { name, ...(instance !== undefined && { instance }) };
      return {
        ...{ key: keyOf(variable), ...variable },
        attributes: attributes.map((attribute) => shownAttribute(attribute, isSecret(name))),
        ...(characteristics && { characteristics: said(characteristics) }),
      };
    }),
  };
}

function shownAttribute({ type, value, traits }: Attribute, isHidden: boolean) {
  const { mutability, persistent, constant } = traits ?? {};
  return {
    ...{ type, ...(value && { value: isHidden ? hidden : value.is, at: value.at }) },
    ...(mutability !== undefined && { mutability }),
    ...(persistent !== undefined && { persistent }),
    ...(constant !== undefined && { constant }),
  };
}

function said({ at: _, receivedAt: __, ...characteristics }: Characteristics & Told) {
  return characteristics;
}

const listVariables = operation({
  id: 'listVariables',
  method: 'GET',
  path: '/charge-points/{chargePointId}/variables',
  summary:
    "A charge point's variables as it last told of them, by their components, all or those of one name; keys of 1.6 are variables of component Configuration",
  role: 'viewer',
  params: ofChargePoint,
  query: z.strictObject({ ...paging, component: z.optional(z.string().check(z.minLength(1), z.maxLength(50))) }),
  answers: { 200: { description: 'A page of components', schema: pageOf(shownComponent) } },
  example: { params: { chargePointId: 'CP1' }, query: { component: 'SecurityCtrlr' }, status: 200 },
  async handle({ params, query: { component: name, ...page } }, ports) {
    const { protocol } = await readChargePoint(params.chargePointId, ports);
    const found = await ports.componentRecords.list(params.chargePointId, { name }, page);
    return pageReply(found, (component) => shown(component, protocol));
  },
});

export const variableOperations = [listVariables];
