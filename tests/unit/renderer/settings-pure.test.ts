import { describe, expect, it } from 'vitest';
import {
  dateFault,
  EMPTY_ROLE,
  roleInput,
  roleKey,
  rolesFor,
  withSubject,
} from '../../../renderer/features/settings/agent-roles.ts';
import {
  changesOf,
  policyWith,
  previewPattern,
  undoOf,
  withDigest,
  wordsOf,
  type Policy,
  type Technical,
} from '../../../renderer/features/settings/policy.ts';
import { withAsked } from '../../../shared/domain/technical-policy.ts';
import { sectionOf } from '../../../renderer/features/settings/sections.ts';

const TECHNICAL: Technical = {
  analogueTransfers: { 'preservation master': { sampleRate: 48_000, bitDepth: 24, lossless: true } },
  digitalCarriers: ['CD'],
  formatsAtRisk: ['Shorten'],
};
const POLICY: Policy = {
  accessionPattern: '{year}-{n:4}',
  furtherDigests: ['sha512'],
  verifyWithinDays: 90,
  technical: TECHNICAL,
  virusCheck: false,
  massChange: { share: 0.05, files: 100, least: 20 },
};

describe('the policy while it is edited', () => {
  it('sends only what differs, and knows how to undo that', () => {
    expect(changesOf(POLICY, {})).toBeUndefined();
    expect(changesOf(POLICY, { verifyWithinDays: 90, furtherDigests: ['sha512'] })).toBeUndefined();
    const change = changesOf(POLICY, { verifyWithinDays: 30, accessionPattern: '{year}-{n:4}' });
    expect(change).toEqual({ verifyWithinDays: 30 });
    expect(undoOf(POLICY, change ?? {})).toEqual({ verifyWithinDays: 90 });
    expect(policyWith({ ...POLICY, furtherDigests: ['md5'] }, { verifyWithinDays: 30 })).toEqual({
      accessionPattern: '{year}-{n:4}',
      furtherDigests: ['md5'],
      verifyWithinDays: 30,
      technical: TECHNICAL,
      virusCheck: false,
      massChange: POLICY.massChange,
    });
    expect(undoOf(POLICY, { virusCheck: true })).toEqual({ virusCheck: false });
    expect(changesOf(POLICY, { virusCheck: false })).toBeUndefined();
    expect(changesOf(POLICY, { massChange: { ...POLICY.massChange } })).toBeUndefined();
    const sooner = { massChange: { ...POLICY.massChange, least: 5 } };
    expect(changesOf(POLICY, sooner)).toEqual(sooner);
    expect(undoOf(POLICY, sooner)).toEqual({ massChange: POLICY.massChange });
  });

  it('asks of a role what is chosen, and of a role of which nothing is asked nothing', () => {
    const higher = withAsked(TECHNICAL, 'preservation master', { sampleRate: 96_000 });
    expect(higher.analogueTransfers).toEqual({
      'preservation master': { sampleRate: 96_000, bitDepth: 24, lossless: true },
    });
    expect(changesOf(POLICY, { technical: higher })).toEqual({ technical: higher });
    expect(undoOf(POLICY, { technical: higher })).toEqual({ technical: TECHNICAL });
    const back = withAsked(higher, 'preservation master', { sampleRate: 48_000 });
    expect(changesOf(POLICY, { technical: back })).toBeUndefined();
    const lossy = withAsked(TECHNICAL, 'access copy', { sampleRate: 44_100, lossless: undefined });
    expect(lossy.analogueTransfers['access copy']).toEqual({ sampleRate: 44_100 });
    expect(withAsked(lossy, 'access copy', { sampleRate: undefined })).toEqual(TECHNICAL);
  });

  it('takes words apart at commas, each once', () => {
    expect(wordsOf(' CD, DAT,,CD , hard disk')).toEqual(['CD', 'DAT', 'hard disk']);
    expect(wordsOf(' , ')).toEqual([]);
  });

  it('keeps digests in one order', () => {
    expect(withDigest(['sha1'], 'sha512', true)).toEqual(['sha512', 'sha1']);
    expect(withDigest(['sha512', 'sha1'], 'sha512', false)).toEqual(['sha1']);
  });

  it('shows the next number under a pattern, or why there can be none', () => {
    expect(previewPattern('{year}-{n:4}', 2026, ['2026-0041', '2025-0099'])).toEqual({
      kind: 'next',
      number: '2026-0042',
      after: '2026-0043',
    });
    expect(previewPattern('A{n}', 2026, ['2026-0041'])).toMatchObject({ number: 'A1' });
    expect(previewPattern('{year}', 2026, []).kind).toBe('refused');
    expect(previewPattern('{n', 2026, []).kind).toBe('refused');
  });
});

describe('roles of agents', () => {
  it('offers only what fits the subject', () => {
    expect(rolesFor('archive')).toEqual(['responsible', 'successor', 'custodian']);
    expect(withSubject({ ...EMPTY_ROLE, role: 'donor', subject: 'collection' }, 'archive').role).toBe(
      'responsible',
    );
    expect(withSubject({ ...EMPTY_ROLE, role: 'successor' }, 'collection').role).toBe('successor');
  });

  it('asks nothing of the host while a date or the subject does not fit', () => {
    expect(roleInput('agent-1', EMPTY_ROLE)).toEqual({
      agent: 'agent-1',
      role: 'responsible',
      of: 'archive',
    });
    expect(roleInput('agent-1', { ...EMPTY_ROLE, subject: 'collection' })).toBeUndefined();
    expect(dateFault({ ...EMPTY_ROLE, since: '2026-13' })).toEqual({ since: 'role.noDate' });
    expect(dateFault({ ...EMPTY_ROLE, since: '2026', until: '1998-05' })).toEqual({
      until: 'role.endsFirst',
    });
    expect(roleInput('agent-1', { ...EMPTY_ROLE, since: 'soon' })).toBeUndefined();
    expect(
      roleInput('agent-1', {
        ...EMPTY_ROLE,
        role: 'donor',
        subject: 'accession',
        of: ' 2026-1 ',
        since: '1998',
      }),
    ).toEqual({ agent: 'agent-1', role: 'donor', of: '2026-1', since: '1998' });
  });

  it('has a sentence for each role', () => {
    expect(roleKey({ role: 'rights holder', of: { kind: 'collection', id: 'col-1', title: 'Jazz' } })).toBe(
      'rightsHolder',
    );
    expect(roleKey({ role: 'successor', of: { kind: 'archive', title: '' } })).toBe('successorArchive');
  });
});

it('shows the policy for a section that does not exist', () => {
  expect(sectionOf('agents')).toBe('agents');
  expect(sectionOf('constructor')).toBe('policy');
  expect(sectionOf(undefined)).toBe('policy');
});
