import { FolderOpen, Plus, X } from 'lucide-react';
import { useState, type DragEvent, type ReactNode } from 'react';
import type { PathValue } from '../../../shared/contract/common.ts';
import { useDesktop, useFolderChoice } from '../../client/index.ts';
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
import styles from './accessions.module.css';
import { isolated } from './formats.ts';
import { addPath, lastName, pathsKey, samePath } from './paths.ts';
import type { PathStep } from './path-step.ts';
import { useStartSurvey } from './use-start-survey.ts';

/** Which folders are looked at: chosen, pasted or dropped. */
export function StepFolders(props: PathStep): ReactNode {
  const { draft, change, search, go, survey } = props;
  const { t } = useTexts('accessions');
  const [told, setTold] = useState<string[]>([]);
  const [isOver, setOver] = useState(false);
  const add = (added: readonly PathValue[]): void => {
    const words: string[] = [];
    let paths: readonly PathValue[] = draft.paths;
    for (const path of added) {
      const answer = addPath(paths, path);
      if ('paths' in answer) paths = answer.paths;
      else
        words.push(
          t(`folders.refused.${answer.refused}`, {
            path: isolated(answer.path.display),
            other: isolated(answer.other?.display ?? ''),
          }),
        );
    }
    const [first] = paths;
    const title = draft.title === '' && first !== undefined ? lastName(first) : draft.title;
    change({ paths, title });
    setTold(words);
  };
  const { ask: choose, picker } = useFolderChoice(t('folders.choose'), (path) => {
    add([path]);
  });
  const drop = useDrop(add, (words) => {
    setTold([words]);
  });
  const { start, isPending, error } = useStartSurvey(props);
  const isFixed = search.appraisal !== undefined || search.again !== undefined;
  const isSurveyed = survey.result !== undefined && draft.survey?.of === pathsKey(draft.paths);
  const hasFolders = draft.paths.length > 0;
  return (
    <>
      <p className={styles.lead}>
        {t('folders.lead')} <Term id="accession">{t('folders.term')}</Term>
      </p>
      {!isFixed && (
        <div
          className={isOver ? styles.dropOver : styles.drop}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => {
            setOver(false);
          }}
          onDrop={(event) => {
            setOver(false);
            drop(event);
          }}
        >
          <Button variant={hasFolders ? 'plain' : 'primary'} icon={FolderOpen} onPress={choose}>
            {hasFolders ? t('folders.chooseAnother') : t('folders.choose')}
          </Button>
          <span className={styles.muted}>{t('folders.orDrop')}</span>
          <PastePath onAdd={add} />
        </div>
      )}
      {picker}
      <div role="status">
        {told.map((words) => (
          <Notice key={words} tone="due" title={words} />
        ))}
      </div>
      {hasFolders && (
        <ul className={styles.folders} aria-label={t('folders.chosen')}>
          {draft.paths.map((path) => (
            <li key={`${path.display}:${path.bytes ?? ''}`}>
              <PathText path={path} />
              {!isFixed && (
                <IconButton
                  icon={X}
                  label={t('folders.remove', { path: path.display })}
                  onPress={() => {
                    change({ paths: draft.paths.filter((other) => !samePath(other, path)) });
                  }}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {!isFixed && hasFolders && !isSurveyed && (
        <div className={styles.keep}>
          <Checkbox
            isSelected={draft.keepAppraisal}
            onChange={(keepAppraisal) => {
              change({ keepAppraisal });
            }}
          >
            {t('folders.keep')}
          </Checkbox>
          <p className={styles.muted}>
            {t('folders.keepWhy')} <Term id="appraisal">{t('appraisal.term')}</Term>
          </p>
          {draft.keepAppraisal && (
            <div className={styles.fields}>
              <TextField
                label={t('rights.title')}
                value={draft.title}
                onChange={(title) => {
                  change({ title });
                }}
                isRequired
              />
              <TextField
                label={t('rights.source')}
                value={draft.source}
                onChange={(source) => {
                  change({ source });
                }}
              />
            </div>
          )}
        </div>
      )}
      {error !== null && <ProblemNotice error={error} />}
      <div className={styles.onward}>
        {isSurveyed || isFixed ? (
          <Button
            variant="primary"
            isDisabled={!hasFolders}
            onPress={() => {
              go('survey');
            }}
          >
            {t('folders.toSurvey')}
          </Button>
        ) : (
          <Button
            variant={hasFolders ? 'primary' : 'plain'}
            isDisabled={!hasFolders || isPending || (draft.keepAppraisal && draft.title.trim() === '')}
            onPress={start}
          >
            {t('folders.survey')}
          </Button>
        )}
        <span className={styles.muted}>{t('folders.surveyWhat')}</span>
      </div>
    </>
  );
}

function PastePath({ onAdd }: { readonly onAdd: (paths: readonly PathValue[]) => void }): ReactNode {
  const { t } = useTexts('accessions');
  const [text, setText] = useState('');
  const submit = (): void => {
    const paths = pastedPaths(text);
    if (paths.length === 0) return;
    onAdd(paths);
    setText('');
  };
  return (
    <form
      className={styles.paste}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField label={t('folders.paste')} value={text} onChange={setText} isMonospace />
      <Button icon={Plus} type="submit" isDisabled={text.trim() === ''}>
        {t('folders.add')}
      </Button>
    </form>
  );
}

/** Electron tells where a dropped folder stands; a browser does not, save for addresses that are dragged as text. */
function useDrop(
  add: (paths: readonly PathValue[]) => void,
  tell: (words: string) => void,
): (event: DragEvent) => void {
  const { t } = useTexts('accessions');
  const desktop = useDesktop();
  return (event) => {
    event.preventDefault();
    event.stopPropagation();
    const { files } = event.dataTransfer;
    const paths = Array.from(files, (file) => desktop.pathOfFile(file)).filter((path) => path !== undefined);
    const typed = pastedPaths(event.dataTransfer.getData('text/plain'));
    if (paths.length > 0) add(paths);
    else if (typed.length > 0) add(typed);
    else tell(t('folders.cannotDrop'));
  };
}
