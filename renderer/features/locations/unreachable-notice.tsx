import { RefreshCw } from 'lucide-react';
import type { Location } from '../../../shared/contract/locations.ts';
import { Button, formatDateTime, Notice, useTexts } from '../../ui/index.ts';
import type { Reach } from './reach.ts';

interface Props {
  readonly location: Location;
  readonly reach: Extract<Reach, { state: 'unreachable' }>;
  readonly isAsking: boolean;
  readonly onAskAgain: () => void;
  readonly onRelink: () => void;
}

/** A place that is not there is no loss: what was not checked, since when, and what to do. */
export function UnreachableNotice({ location, reach, isAsking, onAskAgain, onRelink }: Props) {
  const { t } = useTexts('locations');
  const title =
    reach.since === undefined
      ? t('unreachable.title', { name: location.name })
      : t('unreachable.titleSince', { name: location.name, since: formatDateTime(reach.since) });
  return (
    <Notice
      tone="due"
      title={title}
      actions={
        <>
          <Button icon={RefreshCw} onPress={onAskAgain} isDisabled={isAsking}>
            {t('act.askAgain')}
          </Button>
          <Button variant="quiet" onPress={onRelink}>
            {t('act.relink')}
          </Button>
        </>
      }
    >
      <p>{reach.reason}</p>
      <p>{t(location.writes === 'managed' ? 'unreachable.whatManaged' : 'unreachable.what')}</p>
    </Notice>
  );
}
