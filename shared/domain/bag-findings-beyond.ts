/** What is found of a bag beyond the bag itself: the archive that it is in, and what a profile asks of it. */
import { type BagFindingTemplate, because } from './bag-finding.ts';

/** Version 1.0 says nothing of it; archives go by what 0.97 said. */
const SERIALISATION = 'BagIt 0.97 §4';
const PROFILES = 'BagIt Profiles 1.4';

export const SERIAL_FINDINGS = {
  'BAG-SERIAL-ROOT': {
    severity: 'error',
    rule: SERIALISATION,
    message: ({ detail }) =>
      `A serialised bag unpacks to exactly one folder${because(detail)}. What is in it was not judged.`,
  },
  'BAG-SERIAL-NAME': {
    severity: 'warning',
    rule: SERIALISATION,
    message: ({ detail, expected }) =>
      `It unpacks to a folder of another name than its own: ${detail ?? 'one'}, not ${expected ?? 'another'}.`,
  },
  'BAG-SERIAL-PATH': {
    severity: 'error',
    rule: '5.1',
    message: ({ detail }) =>
      `This entry would unpack outside of the bag: ${detail ?? 'its path leads there'}. It was not read.`,
  },
  'BAG-SERIAL-TWICE': {
    severity: 'error',
    rule: SERIALISATION,
    message: () =>
      'The archive has this name more than once. Which of them is unpacked depends on the program; the first was read.',
  },
  'BAG-SERIAL-LINK': {
    severity: 'error',
    rule: '5.1',
    message: () => 'It is a link to another entry of the archive. It was not followed.',
  },
  'BAG-SERIAL-BROKEN': {
    severity: 'error',
    rule: SERIALISATION,
    message: ({ detail }) => `The archive is damaged or cut off${because(detail)}.`,
  },
  'BAG-SERIAL-BOMB': {
    severity: 'error',
    rule: '5.4',
    message: ({ detail }) =>
      `It unpacks to ${detail ?? 'more than makes sense'}, as if to fill a disk. It was read no further.`,
  },
} as const satisfies Readonly<Record<string, BagFindingTemplate>>;

export const PROFILE_FINDINGS = {
  'BAG-PROFILE-VERSION': {
    severity: 'profile',
    rule: PROFILES,
    message: ({ detail }) => `The profile accepts other versions of BagIt${because(detail)}.`,
  },
  'BAG-PROFILE-SERIALISATION': {
    severity: 'profile',
    rule: PROFILES,
    message: ({ detail }) => `The profile asks for another form${because(detail)}.`,
  },
  'BAG-PROFILE-IDENTIFIER': {
    severity: 'profile',
    rule: PROFILES,
    message: ({ detail }) =>
      `bag-info.txt must name the profile as BagIt-Profile-Identifier${because(detail)}.`,
  },
  'BAG-PROFILE-LABEL': {
    severity: 'profile',
    rule: PROFILES,
    message: ({ detail }) => `The profile asks for another bag-info.txt${because(detail)}.`,
  },
  'BAG-PROFILE-MANIFEST': {
    severity: 'profile',
    rule: PROFILES,
    message: ({ detail }) => `The profile asks for other payload manifests${because(detail)}.`,
  },
  'BAG-PROFILE-TAG-MANIFEST': {
    severity: 'profile',
    rule: PROFILES,
    message: ({ detail }) => `The profile asks for other tag manifests${because(detail)}.`,
  },
  'BAG-PROFILE-FETCH': {
    severity: 'profile',
    rule: PROFILES,
    message: ({ detail }) => `The profile has its rule for fetch.txt${because(detail)}.`,
  },
  'BAG-PROFILE-FILE': {
    severity: 'profile',
    rule: PROFILES,
    message: ({ detail }) => `The profile has its rule for this file${because(detail)}.`,
  },
  'BAG-PROFILE-DATA-EMPTY': {
    severity: 'profile',
    rule: PROFILES,
    message: ({ detail }) => `The profile asks for an empty payload${because(detail)}.`,
  },
} as const satisfies Readonly<Record<string, BagFindingTemplate>>;
