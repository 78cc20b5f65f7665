/** The command that gives a thing that exists to a stage: to the one with this namespace, or to that with none. */
export function updateThing(thingName: string, namespace: string): string {
  const payload = JSON.stringify({ attributes: { namespace }, merge: true });
  return `aws iot update-thing --thing-name ${thingName} --attribute-payload '${payload}'`;
}
