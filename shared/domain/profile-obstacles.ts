/** What stands against making a bag that a profile asks for, before anything is made. */
import type { BagProfile } from './bag-profile.ts';
import { acceptsForm, matchesGlob } from './bag-profile.ts';
import {
  DEFAULT_DIGESTS,
  isStrong,
  PACKAGE_DIGESTS,
  type PackageDigest,
  type PackageForm,
} from './package-forms.ts';

/** What we write. */
const VERSION = '1.0';

/**
 * Algorithms of a package: what is wanted or, where nothing is, the usual ones as far as the profile allows them; and what the profile
 * requires, in any case. In words where that cannot be.
 */
export function packageDigests(
  wanted: readonly PackageDigest[],
  profile: BagProfile | undefined,
): readonly PackageDigest[] | string {
  const sets = profile === undefined ? [] : [profile.manifests, profile.tagManifests];
  const required = sets.flatMap((set) => set.required.map(plain));
  const unknown = required.find((each) => !PACKAGE_DIGESTS.some((known) => known === each));
  if (unknown !== undefined)
    return `The profile asks for manifests with ${unknown}, which is not made here (${PACKAGE_DIGESTS.join(', ')}).`;
  const isAllowed = (digest: PackageDigest): boolean =>
    sets.every(({ allowed }) => allowed === undefined || allowed.some((each) => plain(each) === digest));
  const usual = DEFAULT_DIGESTS.filter(isAllowed);
  const chosen = PACKAGE_DIGESTS.filter(
    (digest) => (wanted.length > 0 ? wanted : usual).includes(digest) || required.includes(digest),
  );
  if (chosen.some(isStrong)) return chosen;
  return (
    `A package has a manifest with SHA-256 or SHA-512: ${chosen.length === 0 ? 'the profile' : chosen.join(' and ')} alone ` +
    'would stop no forger. Name one of them beside it with --digest.'
  );
}

export interface BagToBe {
  readonly form: PackageForm;
  readonly info: readonly (readonly [label: string, value: string])[];
  readonly algorithms: readonly string[];
  /** Beside those that every bag has. */
  readonly tagFiles: readonly string[];
}

/** A sentence each, which says what to do where something can be done. */
export function packageObstacles(profile: BagProfile, bag: BagToBe): string[] {
  return [
    ...(profile.acceptsVersions.includes(VERSION)
      ? []
      : [`It takes BagIt ${profile.acceptsVersions.join(', ')}, and ${VERSION} is made here.`]),
    ...formObstacles(profile, bag.form),
    ...(profile.mustFetch ? ['It asks for a fetch.txt; packages are whole.'] : []),
    ...(profile.isDataEmpty ? ['It asks for an empty payload.'] : []),
    ...infoObstacles(profile, bag.info),
    ...[profile.manifests, profile.tagManifests].flatMap(({ allowed }) =>
      bag.algorithms
        .filter((algorithm) => allowed !== undefined && !allowed.some((each) => plain(each) === algorithm))
        .map((algorithm) => `It allows no manifest with ${algorithm}.`),
    ),
    ...profile.tagFiles.required
      .filter((file) => !OWN.test(file) && !bag.tagFiles.includes(file))
      .map((file) => `It asks for the tag file ${file}, which is not made here.`),
    ...bag.tagFiles
      .filter((file) => profile.tagFiles.allowed?.some((pattern) => matchesGlob(file, pattern)) === false)
      .map((file) => `It does not allow the tag file ${file}, which every package has.`),
  ];
}

const OWN = /^(?:bagit\.txt|bag-info\.txt|(?:tag)?manifest-[^/]+\.txt)$/;

function formObstacles(profile: BagProfile, form: PackageForm): string[] {
  const { serialisation, acceptsForms } = profile;
  if (form === 'folder')
    return serialisation === 'required' ? ['It asks for one file: --as tar or --as zip.'] : [];
  if (serialisation === 'forbidden') return ['It asks for a folder: leave --as away.'];
  return acceptsForm(profile, form) ? [] : [`It takes no ${form}, but ${acceptsForms.join(', ') || 'none'}.`];
}

function infoObstacles({ labels }: BagProfile, info: BagToBe['info']): string[] {
  const values = Map.groupBy(info, ([label]) => label.toLowerCase());
  return [...labels].flatMap(([label, { name, isRequired, isRepeatable, values: allowed }]) => {
    const given =
      values
        .get(label)
        ?.map(([, value]) => value.trim())
        .filter((value) => value !== '') ?? [];
    // Counted only once the payload stands.
    if (label === 'payload-oxum') return [];
    const wrong = given.find((value) => allowed?.includes(value) === false);
    return [
      ...(isRequired && given.length === 0
        ? [
            `It asks for ${name}${allowed === undefined ? '' : ` (${allowed.join(', ')})`}: give it with --tag "${name}: …".`,
          ]
        : []),
      ...(!isRepeatable && given.length > 1
        ? [`It takes ${name} once; give one with --tag "${name}: …".`]
        : []),
      ...(wrong === undefined || allowed === undefined
        ? []
        : [`${name} is one of ${allowed.join(', ')}, not "${wrong}": give it with --tag "${name}: …".`]),
    ];
  });
}

/** As names of manifests have it: `sha256` of `SHA-256`. */
function plain(algorithm: string): string {
  return algorithm.toLowerCase().replace(/[^a-z0-9]/g, '');
}
