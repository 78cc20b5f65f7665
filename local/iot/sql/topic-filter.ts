import { SqlError } from './errors.js';

/**
 * Compiles an MQTT topic filter: `+` is one level, a last `#` that level, all below and the one above. A wildcard at
 * the first level leaves out the topics that begin with `$`.
 * @param position where the filter stands in the SQL
 * @throws {SqlError} when AWS IoT would not take it
 */
export function compileTopicFilter(filter: string, position: number): (topic: string) => boolean {
  const levels = filter.split('/');
  const misplaced = levels.some(
    (level, index) => (level.length > 1 && /[+#]/.test(level)) || (level === '#' && index < levels.length - 1),
  );
  if (filter === '' || misplaced) throw new SqlError(`'${filter}' is no topic filter`, position);
  if (levels.length > 8 || Buffer.byteLength(filter) > 256)
    throw new SqlError(`The topic filter '${filter}' has more than 7 slashes or 256 bytes`, position);

  return (topic) => {
    if (topic.startsWith('$') && /^[+#]/.test(filter)) return false;
    const actual = topic.split('/');
    const covers = (level: string, index: number) =>
      level === '#' || level === actual[index] || (level === '+' && index < actual.length);
    return (
      levels.every(covers) &&
      (levels.at(-1) === '#' ? actual.length >= levels.length - 1 : actual.length === levels.length)
    );
  };
}
