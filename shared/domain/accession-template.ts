/** Defaults and what is said in their place: the more particular word wins, and silence says nothing. */

/**
 * What holds of an accession: what was given, else what its template says. An empty text is silence.
 * @param given what was said of this accession
 * @param template the defaults of a template, in the same fields
 */
export function withTemplate<Given extends object, Defaults extends object>(
  given: Given,
  template: Defaults | undefined,
): Given & Defaults {
  const said = Object.entries(given).filter(([, value]) => value !== undefined && value !== '');
  return { ...template, ...Object.fromEntries(said) } as Given & Defaults;
}
