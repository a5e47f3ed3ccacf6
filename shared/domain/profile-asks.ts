import type { BagProfile, ProfileSet } from './bag-profile.ts';

/** What a profile asks of a bag, a sentence each: for whoever has to make one. */
export function profileAsks(profile: BagProfile): string[] {
  return [
    `BagIt ${profile.acceptsVersions.join(' or ')}.`,
    ...serialisation(profile),
    `bag-info.txt has BagIt-Profile-Identifier: ${profile.identifier}.`,
    ...[...profile.labels.values()].flatMap(({ name, isRequired, isRepeatable, values }) => {
      const rules = [
        ...(isRequired ? ['is required'] : []),
        ...(isRepeatable ? [] : ['stands once at the most']),
        ...(values === undefined ? [] : [`is one of ${values.join(', ')}`]),
      ];
      return rules.length === 0 ? [] : [`In bag-info.txt ${name} ${rules.join(', ')}.`];
    }),
    ...set('Payload manifests', profile.manifests),
    ...set('Tag manifests', profile.tagManifests),
    ...(profile.mustFetch ? ['There is a fetch.txt.'] : profile.mayFetch ? [] : ['There is no fetch.txt.']),
    ...set('Tag files', profile.tagFiles),
    ...set('Payload files', profile.payloadFiles),
    ...(profile.isDataEmpty ? ['The payload is empty, or one empty file.'] : []),
  ];
}

function serialisation({ serialisation: asked, acceptsForms }: BagProfile): string[] {
  if (asked === 'forbidden') return ['It is a folder, not in one file.'];
  const forms = acceptsForms.length === 0 ? 'of no form that is named' : `of ${acceptsForms.join(' or ')}`;
  return [asked === 'required' ? `It is in one file, ${forms}.` : `It is a folder, or in one file ${forms}.`];
}

function set(what: string, { required, allowed }: ProfileSet): string[] {
  return [
    ...(required.length === 0 ? [] : [`${what} that must be there: ${required.join(', ')}.`]),
    ...(allowed === undefined ? [] : [`${what} that may be there: ${allowed.join(', ') || 'none'}.`]),
  ];
}
