import { FolderOpen } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { PathValue } from '../../../shared/contract/common.ts';
import {
  ALGORITHM_NAMES,
  FORM_FACTS,
  MANIFEST_FORMS,
  type ManifestAlgorithm,
  type ManifestForm as Form,
} from '../../../shared/domain/manifest-forms.ts';
import { useAct, useCall, useFolderChoice } from '../../client/index.ts';
import {
  Button,
  PathText,
  plainVisible,
  ProblemNotice,
  RadioGroup,
  Section,
  Select,
  Term,
  useTexts,
} from '../../ui/index.ts';
import styles from './hand-outs.module.css';
import type { MakeSearch } from './hand-outs-search.ts';
import { Several } from './several.tsx';
import { firstWhat, useNamed, WhatFields, type What } from './what-fields.tsx';

const KINDS = ['accession', 'collection', 'location', 'search'] as const;

interface Props {
  /** What the address names. */
  readonly address: MakeSearch;
  readonly onStarted: (job: string) => void;
  /** Stands above the fields. */
  readonly children?: ReactNode;
}

/** Of what, in which form, with which paths: then a checksum manifest is written. */
export function ManifestForm({ address, onStarted, children }: Props): ReactNode {
  const { t } = useTexts('hand-outs');
  const isReadOnly = useCall('archive', 'info').data?.readOnly ?? true;
  const locations = useCall('locations', 'list').data?.rows ?? [];
  const [what, setWhat] = useState<What>(() => firstWhat(KINDS, address));
  const named = useNamed(what);
  const [copies, setCopies] = useState('');
  const [form, setForm] = useState<Form>('gnu');
  const [algorithms, setAlgorithms] = useState<readonly ManifestAlgorithm[]>(FORM_FACTS.gnu.usual);
  const [isAbsolute, setAbsolute] = useState(false);
  const [folder, setFolder] = useState<PathValue>();
  const { ask, picker } = useFolderChoice(t('make.folder'), setFolder);
  const create = useAct('manifests', 'create', { onSuccess: ({ id }) => onStarted(id) });

  const facts = FORM_FACTS[form];
  const { kind } = what;
  const [onlyLocation] = locations;
  // Paths are relative to the root of one location: where there is but one, it is that.
  const location =
    kind === 'location'
      ? (what.ids.location ?? '')
      : copies !== ''
        ? copies
        : locations.length === 1 && !isAbsolute
          ? (onlyLocation?.id ?? '')
          : '';
  const isReady =
    named !== undefined &&
    (isAbsolute || location !== '') &&
    (facts.algorithms.length === 0 || algorithms.length > 0) &&
    !isReadOnly;
  const nameOf = (id: string) => locations.find((each) => each.id === id)?.name ?? id;
  const write = (): void =>
    create.mutate({
      ...named,
      ...(location === '' ? {} : { location: nameOf(location) }),
      form,
      algorithms: [...algorithms],
      absolute: isAbsolute,
      ...(folder === undefined ? {} : { folder }),
    });
  return (
    <>
      {children}
      <p className={styles.lead}>
        {t('make.lead')} <Term id="message-digest">{t('make.term')}</Term>
      </p>
      <Section title={t('what.title')}>
        <WhatFields kinds={KINDS} what={what} onChange={setWhat}>
          {kind !== 'location' && (locations.length > 1 || isAbsolute) && (
            <Select
              label={t('what.copies')}
              description={t('what.copiesWhy')}
              value={isAbsolute && copies === '' ? 'all' : copies}
              onChange={(id) => setCopies(id === 'all' ? '' : id)}
              options={[
                ...(isAbsolute ? [{ id: 'all', label: t('what.everywhere') }] : []),
                ...locations.map((each) => ({ id: each.id, label: plainVisible(each.name, 80) })),
              ]}
              isRequired={!isAbsolute}
            />
          )}
        </WhatFields>
      </Section>
      <Section title={t('make.formTitle')}>
        <div className={styles.fields}>
          <Select<Form>
            label={t('make.form')}
            value={form}
            onChange={(next) => {
              setForm(next);
              setAlgorithms(FORM_FACTS[next].usual);
            }}
            options={MANIFEST_FORMS.map((id) => ({
              id,
              label: t(`form.${id}`),
              description: t(`formWhy.${id}`),
            }))}
            description={t(`formWhy.${form}`)}
          />
          {facts.algorithms.length > 1 && !facts.takesSeveral && (
            <Select<ManifestAlgorithm>
              label={t('make.digest')}
              value={algorithms[0] ?? ''}
              onChange={(id) => setAlgorithms([id])}
              options={facts.algorithms.map((id) => ({ id, label: ALGORITHM_NAMES[id] }))}
              description={t('make.digestWhy')}
            />
          )}
          {facts.takesSeveral && (
            <Several<ManifestAlgorithm>
              label={t('make.digests')}
              options={facts.algorithms.map((id) => ({ id, label: ALGORITHM_NAMES[id] }))}
              chosen={algorithms}
              onChange={setAlgorithms}
            />
          )}
          <RadioGroup<'relative' | 'absolute'>
            label={t('make.paths')}
            value={isAbsolute ? 'absolute' : 'relative'}
            onChange={(value) => setAbsolute(value === 'absolute')}
            options={[
              { value: 'relative', label: t('make.relative'), description: t('make.relativeWhy') },
              { value: 'absolute', label: t('make.absolute'), description: t('make.absoluteWhy') },
            ]}
          />
          <div className={styles.where}>
            <span className={styles.label}>{t('make.where')}</span>
            {folder === undefined ? <span>{t('make.exports')}</span> : <PathText path={folder} />}
            <Button variant="quiet" icon={FolderOpen} onPress={ask}>
              {t('make.otherFolder')}
            </Button>
          </div>
        </div>
        {picker}
      </Section>
      {create.error !== null && <ProblemNotice error={create.error} />}
      <div className={styles.onward}>
        <Button variant="primary" isDisabled={!isReady || create.isPending} onPress={write}>
          {t('make.write')}
        </Button>
        <span className={styles.muted}>{t(isReadOnly ? 'make.readOnly' : 'make.writeWhat')}</span>
      </div>
    </>
  );
}
