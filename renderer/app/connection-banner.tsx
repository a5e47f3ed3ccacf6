import { RefreshCw, Unplug } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useConnection, useReconnect } from '../client/index.ts';
import { Button, useTexts } from '../ui/index.ts';
import css from './frame.module.css';

/** A host that is back sooner than this was hardly away, in ms. */
const NOTICED_AFTER_MS = 700;

/** What is typed stands in a sentence between backticks. */
function WithCommands({ text }: { readonly text: string }): ReactNode {
  return text.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part));
}

/** Says what became of the host and what to do, as long as it is away. */
export function ConnectionBanner(): ReactNode {
  const { t } = useTexts('app');
  const state = useConnection();
  const isLost = state !== 'connected' && state !== 'connecting';
  const retry = useReconnect();
  const [isTold, setTold] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setTold(isLost), isLost ? NOTICED_AFTER_MS : 0);
    return () => clearTimeout(timer);
  }, [isLost]);
  return (
    <div role="status" className={css.banner} data-shown={isTold}>
      {isTold && isLost && (
        <>
          <Unplug size={18} strokeWidth={1.75} aria-hidden />
          <p>
            <strong>{t(`connection.${state}.what`)}</strong>{' '}
            <WithCommands text={t(`connection.${state}.then`, { port: location.port })} />
          </p>
          <Button variant="quiet" icon={RefreshCw} onPress={retry}>
            {t('connection.retry')}
          </Button>
        </>
      )}
    </div>
  );
}
