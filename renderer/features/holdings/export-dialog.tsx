import { useState, type ReactNode } from 'react';
import type { PathValue } from '../../../shared/contract/common.ts';
import { joinRaw, pathFromJson, pathToJson } from '../../../shared/domain/path.ts';
import { callErrorOf, useAct, useCall, useClient, useDesktop, type CallError } from '../../client/index.ts';
import {
  Button,
  Dialog,
  FolderPicker,
  formatCount,
  PathText,
  plainVisible,
  ProblemNotice,
  RadioGroup,
  Select,
  Spinner,
  TextField,
  useTexts,
  useToast,
} from '../../ui/index.ts';
import { ScopeNote } from './describe-dialog.tsx';
import css from './holdings.module.css';
import type { Kind } from './scope.ts';
import { useNamedScope, type ActScope } from './use-scope.ts';
import { quietly } from './quietly.ts';

const SEPARATORS = [',', ';', '\t'] as const;
type Separator = (typeof SEPARATORS)[number];
const SEPARATOR_WORDS: Readonly<Record<Separator, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' };

interface ExportDialogProps {
  readonly scope: ActScope;
  readonly onClose: () => void;
}

/** Writes what the list holds as a table that can be edited elsewhere and read back. */
export function ExportDialog({ scope, onClose }: ExportDialogProps): ReactNode {
  const { t } = useTexts('holdings');
  const { tell } = useToast();
  const client = useClient();
  const desktop = useDesktop();
  const [kind, setKind] = useState<Kind>('item');
  const [separator, setSeparator] = useState<Separator>(',');
  const [folder, setFolder] = useState<PathValue>();
  const [name, setName] = useState(() => `holdings-${new Date().toISOString().slice(0, 10)}.csv`);
  const [isPicking, setPicking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<CallError>();
  const places = useCall('folders', 'places', undefined, { enabled: isPicking });
  const named = useNamedScope();
  const { mutateAsync } = useAct('description', 'exportCsv');

  const choose = async (): Promise<void> => {
    const chosen = await desktop.chooseFolder(t('export.folder'));
    if (chosen === undefined) return;
    if ('unsupported' in chosen) setPicking(true);
    else setFolder(chosen.path);
  };
  const write = async (): Promise<void> => {
    if (folder === undefined) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const found = await named(scope, kind, true);
      if ('tooMany' in found) setProblem({ code: 'BAD_INPUT', message: t('scope.tooMany') });
      else {
        const { path, rows } = await mutateAsync({
          path: fileIn(folder, name.trim()),
          of: [kind],
          separator,
          ...('target' in found && { target: found.target }),
        });
        tell(
          t('export.wrote', { count: rows, n: formatCount(rows), path: plainVisible(path.display, 200) }),
          {
            ...(desktop.kind === 'electron' && {
              action: { label: t('reveal'), onPress: () => quietly(desktop.reveal(path)) },
            }),
          },
        );
        onClose();
      }
    } catch (error) {
      setProblem(callErrorOf(error));
    }
    setBusy(false);
  };
  return (
    <Dialog
      isOpen
      title={t('export.title')}
      onClose={onClose}
      actions={
        <Button
          variant="primary"
          isDisabled={isBusy || folder === undefined || !isFileName(name)}
          onPress={() => quietly(write())}
        >
          {t('export.write')}
        </Button>
      }
    >
      {problem !== undefined && <ProblemNotice error={problem} />}
      <div className={css.form}>
        <ScopeNote scope={scope} />
        <RadioGroup
          label={t('export.of')}
          value={kind}
          onChange={(chosen) => setKind(chosen)}
          options={[
            { value: 'item', label: t('scope.items') },
            { value: 'part', label: t('scope.parts') },
          ]}
        />
        <Select
          label={t('export.separator')}
          options={SEPARATORS.map((id) => ({ id, label: t(`export.${SEPARATOR_WORDS[id]}`) }))}
          value={separator}
          onChange={(id) => setSeparator(id)}
        />
        <div className={css.folderLine}>
          <Button variant="plain" onPress={() => quietly(choose())}>
            {t('export.choose')}
          </Button>
          {folder === undefined ? (
            <span className={css.note}>{t('export.noFolder')}</span>
          ) : (
            <PathText path={folder} />
          )}
        </div>
        <TextField
          label={t('export.name')}
          value={name}
          onChange={setName}
          {...(!isFileName(name) && { errorMessage: t('export.badName') })}
        />
        {isBusy && <Spinner label={t('export.writing')} />}
      </div>
      <FolderPicker
        isOpen={isPicking}
        onClose={() => setPicking(false)}
        onChoose={(path: PathValue) => {
          setFolder(path);
          setPicking(false);
        }}
        list={(path?: PathValue) => client.folders.list(path === undefined ? {} : { path })}
        places={places.data?.rows ?? []}
      />
    </Dialog>
  );
}

function isFileName(name: string): boolean {
  const trimmed = name.trim();
  return (
    trimmed !== '' && trimmed.length <= 200 && !/[/\\\0]/.test(trimmed) && trimmed !== '.' && trimmed !== '..'
  );
}

function fileIn(folder: PathValue, name: string): PathValue {
  return pathToJson(joinRaw(pathFromJson(folder), new TextEncoder().encode(name)));
}
