import { useNavigate } from '@tanstack/react-router';
import { FolderOpen, Plus, X } from 'lucide-react';
import { useState, type DragEvent, type ReactNode } from 'react';
import type { PathValue } from '../../../shared/contract/common.ts';
import { bagValidationResultSchema } from '../../../shared/contract/packaging.ts';
import { useAct, useDesktop, useFolderChoice } from '../../client/index.ts';
import {
  Button,
  Checkbox,
  IconButton,
  Notice,
  PathText,
  pastedPaths,
  ProblemNotice,
  Term,
  TextField,
  useTexts,
} from '../../ui/index.ts';
import { BagReport } from './bag-report.tsx';
import styles from './hand-outs.module.css';
import type { CheckSearch } from './hand-outs-search.ts';
import { JobRun } from './job-run.tsx';
import { ManifestCheck } from './manifest-check.tsx';
import { quietly } from './quietly.ts';

/** What came from somebody else: named, checked, and told in words. Nothing of it is changed, kept or recorded. */
export function CheckTab({ search }: { readonly search: CheckSearch }): ReactNode {
  const { t } = useTexts('hand-outs');
  const navigate = useNavigate();
  const { job, paths = [] } = search;
  const go = (next: CheckSearch, isStep = false): void =>
    quietly(navigate({ to: '/hand-outs/check', search: { ...next }, replace: !isStep }));
  const another = <Button onPress={() => go({}, true)}>{t('check.another')}</Button>;
  if (job === undefined)
    return (
      <Chosen
        paths={paths}
        onPaths={(next) => go({ paths: next })}
        onStarted={(id) => go({ job: id, paths }, true)}
      />
    );
  return (
    <div className={styles.room}>
      <JobRun id={job} label={t('check.running')} again={another}>
        {({ result, finishedAt = '' }) => {
          const { data } = bagValidationResultSchema.safeParse(result);
          if (data === undefined) return <Notice tone="due" title={t('check.noResult')} actions={another} />;
          return (
            <>
              <div className={styles.acts}>{another}</div>
              {data.bags.map((bag) => (
                <BagReport key={`${bag.path.display} ${bag.path.bytes ?? ''}`} bag={bag} at={finishedAt} />
              ))}
            </>
          );
        }}
      </JobRun>
    </div>
  );
}

interface ChosenProps {
  readonly paths: readonly PathValue[];
  readonly onPaths: (paths: readonly PathValue[]) => void;
  readonly onStarted: (job: string) => void;
}

function Chosen({ paths, onPaths, onStarted }: ChosenProps): ReactNode {
  const { t } = useTexts('hand-outs');
  const [isFast, setFast] = useState(false);
  const [profile, setProfile] = useState('');
  const [isRelative, setRelative] = useState(false);
  const validate = useAct('packaging', 'validate', { onSuccess: ({ id }) => onStarted(id) });
  const add = (added: readonly PathValue[]): void => {
    validate.reset();
    const absolute = added.filter(({ display }) => /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(display));
    setRelative(absolute.length < added.length);
    onPaths([...paths, ...absolute.filter((path) => !paths.some((other) => isSame(other, path)))]);
  };
  const { ask, picker } = useFolderChoice(t('check.choose'), (path) => add([path]));
  const profilePath = pastedPaths(profile)[0];
  const [only] = paths;
  // What is neither a folder nor packed is taken for a checksum manifest, which is held against what is in custody.
  const isFile = validate.error?.code === 'NOT_A_FOLDER' && paths.length === 1;
  return (
    <div className={styles.room}>
      <p className={styles.lead}>
        {t('check.lead')} <Term id="bag">{t('check.term')}</Term>
      </p>
      <DropBox onAdd={add}>
        <Button variant={paths.length === 0 ? 'primary' : 'plain'} icon={FolderOpen} onPress={ask}>
          {t(paths.length === 0 ? 'check.choose' : 'check.chooseMore')}
        </Button>
        <span className={styles.muted}>{t('check.orDrop')}</span>
        <TypedPath onAdd={add} />
      </DropBox>
      {picker}
      <div role="status">{isRelative && <Notice tone="due" title={t('check.relative')} />}</div>
      {paths.length > 0 && (
        <ul className={styles.paths} aria-label={t('check.chosen')}>
          {paths.map((path) => (
            <li key={`${path.display} ${path.bytes ?? ''}`}>
              <PathText path={path} />
              <IconButton
                icon={X}
                label={t('check.remove', { path: path.display })}
                onPress={() => {
                  validate.reset();
                  onPaths(paths.filter((other) => !isSame(other, path)));
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {validate.error !== null && !isFile && <ProblemNotice error={validate.error} />}
      {paths.length > 0 && !isFile && (
        <>
          <div className={styles.fields}>
            <Checkbox isSelected={isFast} onChange={setFast}>
              {t('check.fast')}
            </Checkbox>
            <TextField
              label={t('check.profile')}
              description={t('check.profileWhy')}
              value={profile}
              onChange={setProfile}
              isMonospace
            />
          </div>
          <div className={styles.onward}>
            <Button
              variant="primary"
              autoFocus
              isDisabled={validate.isPending}
              onPress={() =>
                validate.mutate({
                  paths: [...paths],
                  mode: isFast ? 'structure' : 'full',
                  ...(profilePath === undefined ? {} : { profile: profilePath }),
                })
              }
            >
              {t('check.start')}
            </Button>
            <span className={styles.muted}>{t('check.startWhat')}</span>
          </div>
        </>
      )}
      {isFile && only !== undefined && <ManifestCheck manifest={only} />}
    </div>
  );
}

function DropBox({
  onAdd,
  children,
}: {
  readonly onAdd: (paths: readonly PathValue[]) => void;
  readonly children: ReactNode;
}): ReactNode {
  const desktop = useDesktop();
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    setOver(false);
    const { dataTransfer } = event;
    const dropped = Array.from(dataTransfer.files, (file) => desktop.pathOfFile(file)).filter(
      (path) => path !== undefined,
    );
    const paths = dropped.length > 0 ? dropped : pastedPaths(dataTransfer.getData('text/plain'));
    // What tells no path is left to the window, which says why.
    if (paths.length === 0) return;
    event.preventDefault();
    onAdd(paths);
  };
  return (
    <div
      className={isOver ? styles.dropOver : styles.drop}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {children}
    </div>
  );
}

function TypedPath({ onAdd }: { readonly onAdd: (paths: readonly PathValue[]) => void }): ReactNode {
  const { t } = useTexts('hand-outs');
  const [text, setText] = useState('');
  return (
    <form
      className={styles.typed}
      onSubmit={(event) => {
        event.preventDefault();
        const paths = pastedPaths(text);
        if (paths.length === 0) return;
        onAdd(paths);
        setText('');
      }}
    >
      <TextField label={t('check.typed')} value={text} onChange={setText} isMonospace />
      <Button icon={Plus} type="submit" isDisabled={text.trim() === ''}>
        {t('check.add')}
      </Button>
    </form>
  );
}

function isSame(a: PathValue, b: PathValue): boolean {
  return a.display === b.display && a.bytes === b.bytes;
}
