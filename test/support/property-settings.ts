/**
 * What the properties over a running service are tried with. `PROPERTY_SEED` chooses other courses, `PROPERTY_RUNS`
 * multiplies how many: `PROPERTY_SEED=7 PROPERTY_RUNS=20 npx vitest run test/properties`.
 */
export const propertySeed = Number(process.env.PROPERTY_SEED ?? 20_260_901);

export function propertyRuns(usual: number): number {
  return usual * Number(process.env.PROPERTY_RUNS ?? 1);
}
