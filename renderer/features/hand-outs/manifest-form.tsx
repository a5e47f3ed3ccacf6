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
  Checkbox,
  PathText,
  plainVisible,
  ProblemNotice,
  RadioGroup,
  Section,
  Select,
  Term,
  TextField,
  useTexts,
} from '../../ui/index.ts';
import styles from './hand-outs.module.css';
import type { MakeSearch } from './hand-outs-search.ts';

const KINDS = ['accession', 'collection', 'location', 'search'] as const;
type Kind = (typeof KINDS)[number];

interface Props {
  /** What the address names. */
  readonly what: Omit<MakeSearch, 'job'>;
  readonly onStarted: (job: string) => void;
}

/** Of what, in which form, with which paths: then a checksum manifest is written. */
export function ManifestForm({ what, onStarted }: Props): ReactNode {
  const { t } = useTexts('hand-outs');
  const isReadOnly = useCall('archive', 'info').data?.readOnly ?? true;
  const accessions = useCall('accession', 'list', { limit: 1000 }).data?.rows ?? [];
  const collections = useCall('collections', 'list', {}).data?.rows ?? [];
  const locations = useCall('locations', 'list').data?.rows ?? [];
  const [kind, setKind] = useState<Kind>(() => KINDS.find((each) => each in what) ?? 'accession');
  const [ids, setIds] = useState<Readonly<Record<string, string>>>({ ...what });
  const [words, setWords] = useState('');
  const [copies, setCopies] = useState('');
  const [form, setForm] = useState<Form>('gnu');
  const [algorithms, setAlgorithms] = useState<readonly ManifestAlgorithm[]>(FORM_FACTS.gnu.usual);
  const [isAbsolute, setAbsolute] = useState(false);
  const [folder, setFolder] = useState<PathValue>();
  const { ask, picker } = useFolderChoice(t('make.folder'), setFolder);
  const create = useAct('manifests', 'create', { onSuccess: ({ id }) => onStarted(id) });

  const facts = FORM_FACTS[form];
  const chosen = ids[kind] ?? '';
  const [onlyLocation] = locations;
  // Paths are relative to the root of one location: where there is but one, it is that.
  const location =
    kind === 'location'
      ? chosen
      : copies !== ''
        ? copies
        : locations.length === 1 && !isAbsolute
          ? (onlyLocation?.id ?? '')
          : '';
  const isNamed = (kind === 'search' ? words.trim() : chosen) !== '';
  const isReady =
    isNamed &&
    (isAbsolute || location !== '') &&
    (facts.algorithms.length === 0 || algorithms.length > 0) &&
    !isReadOnly;
  const named = {
    accession: accessions.map((each) => ({
      id: each.id,
      label: `${each.number} ${plainVisible(each.title, 80)}`,
    })),
    collection: collections.map((each) => ({ id: each.id, label: plainVisible(each.path, 120) })),
    location: locations.map((each) => ({ id: each.id, label: plainVisible(each.name, 80) })),
  };
  // By their own names and not by our ids: the file and the log are called after them.
  const numberOf = (id: string) => accessions.find((each) => each.id === id)?.number ?? id;
  const pathOf = (id: string) => collections.find((each) => each.id === id)?.path ?? id;
  const nameOf = (id: string) => locations.find((each) => each.id === id)?.name ?? id;
  const write = (): void =>
    create.mutate({
      ...(kind === 'search' ? { search: words.trim() } : {}),
      ...(kind === 'accession' ? { accession: numberOf(chosen) } : {}),
      ...(kind === 'collection' ? { collection: pathOf(chosen) } : {}),
      ...(location === '' ? {} : { location: nameOf(location) }),
      form,
      algorithms: [...algorithms],
      absolute: isAbsolute,
      ...(folder === undefined ? {} : { folder }),
    });
  return (
    <div className={styles.room}>
      <p className={styles.lead}>
        {t('make.lead')} <Term id="message-digest">{t('make.term')}</Term>
      </p>
      <Section title={t('what.title')}>
        <RadioGroup<Kind>
          label={t('what.kind')}
          value={kind}
          onChange={setKind}
          options={KINDS.map((value) => ({ value, label: t(`what.${value}`) }))}
        />
        <div className={styles.fields}>
          {kind === 'search' ? (
            <TextField
              label={t('what.words')}
              description={t('what.wordsWhy')}
              value={words}
              onChange={setWords}
              isRequired
            />
          ) : (
            <Select
              label={t(`what.${kind}`)}
              value={chosen}
              onChange={(id) => setIds({ ...ids, [kind]: id })}
              options={named[kind]}
              isRequired
            />
          )}
          {kind !== 'location' && (locations.length > 1 || isAbsolute) && (
            <Select
              label={t('what.copies')}
              description={t('what.copiesWhy')}
              value={isAbsolute && copies === '' ? 'all' : copies}
              onChange={(id) => setCopies(id === 'all' ? '' : id)}
              options={[
                ...(isAbsolute ? [{ id: 'all', label: t('what.everywhere') }] : []),
                ...named.location,
              ]}
              isRequired={!isAbsolute}
            />
          )}
        </div>
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
            <div className={styles.several} role="group" aria-label={t('make.digests')}>
              <span className={styles.label}>{t('make.digests')}</span>
              {facts.algorithms.map((id) => (
                <Checkbox
                  key={id}
                  isSelected={algorithms.includes(id)}
                  onChange={(isOn) =>
                    setAlgorithms(
                      facts.algorithms.filter((each) => (each === id ? isOn : algorithms.includes(each))),
                    )
                  }
                >
                  {ALGORITHM_NAMES[id]}
                </Checkbox>
              ))}
            </div>
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
    </div>
  );
}
