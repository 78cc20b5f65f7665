// Copied as it is to schemas/generated/runtime.js. It is deployed, so it imports nothing.

/**
 * What is left of a JSON schema: the members that decide, in the schema's order, with definitions referred to by value.
 * Unlike JSON Schema, an object is closed unless it is `open`, and `never` accepts nothing.
 *
 * @typedef {object} Schema
 * @property {'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'never'} [type] anything when absent
 * @property {{ readonly [member: string]: Schema }} [properties]
 * @property {readonly string[]} [required]
 * @property {boolean} [open]
 * @property {Schema} [items]
 * @property {number} [minItems]
 * @property {number} [maxItems]
 * @property {number} [maxLength] in Unicode characters
 * @property {'date-time' | 'uri'} [format]
 * @property {readonly string[]} [enum]
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {number} [multipleOf]
 */

/** @typedef {{ instancePath: string, keyword: string, params: Record<string, unknown>, message: string }} ValidationError */

/**
 * Called as ajv's: true when valid, else `errors` holds the first error, as ajv words it.
 *
 * @template T
 * @typedef {{ (data: unknown): data is T, errors: ValidationError[] | null, readonly schema: Schema }} Validator
 */

/**
 * @template Request, Response
 * @typedef {{ request: Validator<Request>, response: Validator<Response> }} Validators
 */

/**
 * The validators of one action, made when they are first asked for.
 *
 * @template Request, Response
 * @param {() => Schema} request
 * @param {() => Schema} response
 * @returns {() => Validators<Request, Response>}
 */
export function message(request, response) {
  /** @type {Validators<Request, Response> | undefined} */
  let validators;
  return () => {
    validators ??= { request: validator(request()), response: validator(response()) };
    return validators;
  };
}

// The builders of schemas: what is generated is deployed, and as calls it is half as long.

/** @type {Schema} */
export const boolean = { type: 'boolean' };
/** @type {Schema} */
export const dateTime = { type: 'string', format: 'date-time' };
/** @type {Schema} */
export const integer = { type: 'integer' };
/** @type {Schema} */
export const number = { type: 'number' };

/** @type {(maxLength?: number) => Schema} */
export function string(maxLength) {
  return maxLength === undefined ? { type: 'string' } : { type: 'string', maxLength };
}

/** @type {(values: string) => Schema} their values with commas between */
export function oneOf(values) {
  return { type: 'string', enum: values.split(',') };
}

/** @type {(items?: Schema, minItems?: number, maxItems?: number) => Schema} */
export function list(items, minItems, maxItems) {
  return {
    type: 'array',
    ...(items && { items }),
    ...(minItems !== undefined && { minItems }),
    ...(maxItems !== undefined && { maxItems }),
  };
}

/** @type {(properties: Record<string, Schema>, required?: string, open?: boolean) => Schema} required: with commas between */
export function object(properties, required, open) {
  return { type: 'object', properties, ...(required && { required: required.split(',') }), ...(open && { open }) };
}

/**
 * @template T
 * @param {Schema} schema
 * @returns {Validator<T>}
 */
export function validator(schema) {
  /** @type {Validator<T>} */
  const validate = Object.assign(
    /** @type {(data: unknown) => data is T} */ (
      (data) => {
        const error = check(schema, data);
        validate.errors = error && [error];
        return !error;
      }
    ),
    { errors: null, schema },
  );
  return validate;
}

/**
 * The payload with its members in the schema's order; those the schema does not name come last, as they were.
 *
 * @template T
 * @param {Schema} schema a validator's `schema`
 * @param {T} value
 * @returns {T}
 */
export function ordered(schema, value) {
  const { items, properties } = schema;
  if (Array.isArray(value)) return /** @type {T} */ (items ? value.map((item) => ordered(items, item)) : value);
  if (!properties || !isObject(value)) return value;
  const entries = [];
  for (const name in properties) {
    if (Object.hasOwn(value, name))
      entries.push([name, ordered(/** @type {Schema} */ (properties[name]), value[name])]);
  }
  for (const name of Object.keys(value)) if (!Object.hasOwn(properties, name)) entries.push([name, value[name]]);
  return Object.fromEntries(entries);
}

/**
 * Checks in ajv's order: type, then what concerns the value itself, then its members. The tests hold it against ajv.
 *
 * @param {Schema} schema
 * @param {unknown} data
 * @returns {ValidationError | null}
 */
function check(schema, data) {
  switch (schema.type) {
    case 'object':
      return isObject(data) ? checkObject(schema, data) : wrongType('object');
    case 'array':
      return Array.isArray(data) ? checkArray(schema, data) : wrongType('array');
    case 'string':
      return typeof data === 'string' ? checkString(schema, data) : wrongType('string');
    case 'integer':
      return Number.isInteger(data) ? checkNumber(schema, /** @type {number} */ (data)) : wrongType('integer');
    case 'number':
      return Number.isFinite(data) ? checkNumber(schema, /** @type {number} */ (data)) : wrongType('number');
    case 'boolean':
      return typeof data === 'boolean' ? null : wrongType('boolean');
    case 'never':
      return fail('false schema', {}, 'boolean schema is false');
    default:
      return null;
  }
}

/** @type {(schema: Schema, data: Record<string, unknown>) => ValidationError | null} */
function checkObject({ required, properties = {}, open }, data) {
  if (required) {
    for (const missingProperty of required) {
      if (data[missingProperty] === undefined) {
        return fail('required', { missingProperty }, `must have required property '${missingProperty}'`);
      }
    }
  }
  if (!open) {
    for (const additionalProperty in data) {
      if (!Object.hasOwn(properties, additionalProperty)) {
        return fail('additionalProperties', { additionalProperty }, 'must NOT have additional properties');
      }
    }
  }
  for (const name in properties) {
    const value = data[name];
    if (value === undefined) continue;
    const error = check(/** @type {Schema} */ (properties[name]), value);
    if (error) return within(name, error);
  }
  return null;
}

/** @type {(schema: Schema, data: unknown[]) => ValidationError | null} */
function checkArray({ items, minItems = 0, maxItems = Infinity }, data) {
  if (data.length > maxItems) return fail('maxItems', { limit: maxItems }, `must NOT have more than ${maxItems} items`);
  if (data.length < minItems)
    return fail('minItems', { limit: minItems }, `must NOT have fewer than ${minItems} items`);
  if (items) {
    for (let i = 0; i < data.length; i++) {
      const error = check(items, data[i]);
      if (error) return within(i, error);
    }
  }
  return null;
}

/** @type {(schema: Schema, data: string) => ValidationError | null} */
function checkString({ maxLength, format, enum: allowedValues }, data) {
  if (maxLength !== undefined && data.length > maxLength && [...data].length > maxLength) {
    return fail('maxLength', { limit: maxLength }, `must NOT have more than ${maxLength} characters`);
  }
  if (format && !formats[format](data)) return fail('format', { format }, `must match format "${format}"`);
  if (allowedValues && !allowedValues.includes(data)) {
    return fail('enum', { allowedValues }, 'must be equal to one of the allowed values');
  }
  return null;
}

/** @type {(schema: Schema, data: number) => ValidationError | null} */
function checkNumber({ minimum, maximum, multipleOf }, data) {
  if (maximum !== undefined && data > maximum) {
    return fail('maximum', { comparison: '<=', limit: maximum }, `must be <= ${maximum}`);
  }
  if (minimum !== undefined && data < minimum) {
    return fail('minimum', { comparison: '>=', limit: minimum }, `must be >= ${minimum}`);
  }
  // As ajv's multipleOfPrecision 3: 0.3 / 0.1 is not 3 in binary.
  if (multipleOf !== undefined && Math.abs(Math.round(data / multipleOf) - data / multipleOf) > 1e-3) {
    return fail('multipleOf', { multipleOf }, `must be multiple of ${multipleOf}`);
  }
  return null;
}

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))$/i;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const URI =
  /^[a-z][a-z\d+.-]*:(?:[\w.~:/?@!$&'()*+,;=[\]-]|%[\da-f]{2})+(?:#(?:[\w.~:/?@!$&'()*+,;=-]|%[\da-f]{2})*)?$/i;

export const formats = {
  /**
   * RFC 3339, section 5.6 and its restrictions in 5.7. A leap second (:60) is valid at the end of a month in UTC.
   * @param {string} text
   */
  'date-time'(text) {
    const parts = DATE_TIME.exec(text);
    if (!parts) return false;
    const [year, month, day, hour, minute, second] = /** @type {[number, number, number, number, number, number]} */ (
      parts.slice(1, 7).map(Number)
    );
    const offsetHour = Number(parts[8] ?? 0);
    const offsetMinute = Number(parts[9] ?? 0);
    if (day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || offsetHour > 23 || offsetMinute > 59) {
      return false;
    }
    if (second < 60) return true;
    const offset = (parts[7] === '-' ? -1 : 1) * (offsetHour * 60 + offsetMinute) * 60_000;
    const next = new Date(Date.UTC(year, month - 1, day, hour, minute + 1) - offset);
    return second === 60 && next.getUTCDate() === 1 && next.getUTCHours() === 0 && next.getUTCMinutes() === 0;
  },

  /**
   * RFC 3986, with a scheme.
   * @param {string} text
   */
  uri: (text) => URI.test(text) && URL.canParse(text),
};

/** @type {(year: number, month: number) => number} 0 when there is no such month */
function daysIn(year, month) {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
}

/** @type {(data: unknown) => data is Record<string, unknown>} */
function isObject(data) {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** @type {(keyword: string, params: Record<string, unknown>, message: string) => ValidationError} */
function fail(keyword, params, message) {
  return { instancePath: '', keyword, params, message };
}

/** @type {(type: string) => ValidationError} */
function wrongType(type) {
  return fail('type', { type }, `must be ${type}`);
}

/** @type {(step: string | number, error: ValidationError) => ValidationError} */
function within(step, error) {
  error.instancePath = `/${step}${error.instancePath}`;
  return error;
}
