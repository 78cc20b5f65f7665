/**
 * `value` × 10^`exponent`, without the dust of binary fractions: 8.2 kWh are 8,200 Wh and not 8,199.999999999999.
 *
 * @param exponent an integer
 */
export function scale(value: number, exponent: number): number {
  const [digits, own = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(own) + exponent}`);
}
