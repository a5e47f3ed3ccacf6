import { useNavigate } from '@tanstack/react-router';
import { FolderPlus, Keyboard, Palette, ScanSearch, ScrollText, ShieldCheck } from 'lucide-react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { callErrorOf, useAct, useClient } from '../../client/index.ts';
import { formatCount, THEMES, useTexts, useToast, type Theme } from '../../ui/index.ts';
import type { Entry } from './entries.ts';

export interface CommandParts {
  readonly onTheme: (theme: Theme) => void;
  readonly onKeys: () => void;
}

/** What can be done from anywhere. */
export function useCommands({ onTheme, onKeys }: CommandParts): readonly Entry[] {
  const { t } = useTexts('app');
  const { tell } = useToast();
  const client = useClient();
  const navigate = useNavigate();
  const begun =
    (words: string) =>
    ({ id }: Job) =>
      tell(words, {
        action: {
          label: t('over.see'),
          onPress: () => {
            navigate({ to: '/jobs/$id', params: { id } }).catch(() => undefined);
          },
        },
      });
  const audit = useAct('fixity', 'audit', { onSuccess: begun(t('palette.auditStarted')) });
  const rescan = useAct('fixity', 'rescan', { onSuccess: begun(t('palette.rescanStarted')) });
  const refused = { onError: ({ message }: { message: string }) => tell(message) };

  const verifyLog = async () => {
    tell(t('palette.verifying'));
    const { ok, events, firstBad } = await client.events.verify();
    if (ok || firstBad === undefined) tell(t('palette.logHolds', { n: formatCount(events), count: events }));
    else tell(t('palette.logBroken', { seq: firstBad.seq, reason: firstBad.reason }));
  };

  return [
    {
      id: 'take',
      label: t('palette.take'),
      icon: FolderPlus,
      run() {
        navigate({ to: '/accessions/new' }).catch(() => undefined);
      },
    },
    { id: 'audit', label: t('palette.audit'), icon: ShieldCheck, run: () => audit.mutate({}, refused) },
    { id: 'rescan', label: t('palette.rescan'), icon: ScanSearch, run: () => rescan.mutate({}, refused) },
    {
      id: 'verify-log',
      label: t('palette.verifyLog'),
      icon: ScrollText,
      run() {
        verifyLog().catch((error: unknown) => tell(callErrorOf(error).message));
      },
    },
    ...THEMES.map((theme): Entry => ({
      id: `theme-${theme}`,
      label: t('palette.theme', { theme: t(`theme.${theme}`) }),
      icon: Palette,
      run: () => onTheme(theme),
    })),
    { id: 'keys', label: t('palette.keys'), icon: Keyboard, run: onKeys },
  ];
}
