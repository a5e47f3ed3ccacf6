import { RotateCw } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { Button } from '../form/button.tsx';
import { useTexts } from '../i18n.ts';
import { plainVisible } from '../text/visible.ts';
import { cx } from '../util/cx.ts';
import css from './notice.module.css';

export interface EmptyStateProps {
  /** What will be here. */
  readonly title: ReactNode;
  /** Why it matters. */
  readonly why: ReactNode;
  /** The one act that fills it. */
  readonly action?: ReactNode;
}

export function EmptyState({ title, why, action }: EmptyStateProps): ReactNode {
  return (
    <div className={css.empty}>
      <p className={css.emptyTitle}>{title}</p>
      <p className={css.why}>{why}</p>
      {action !== undefined && <div className={css.act}>{action}</div>}
    </div>
  );
}

export interface NoticeProps {
  /** `due` for what is to be done, `finding` for what a person must decide on. */
  readonly tone?: 'plain' | 'due' | 'finding' | undefined;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

export function Notice({ tone = 'plain', title, children, actions }: NoticeProps): ReactNode {
  const id = useId();
  return (
    <div className={cx(css.notice, css[tone])} role="group" aria-labelledby={id}>
      <div className={css.words}>
        <p id={id} className={css.title}>
          {title}
        </p>
        {children !== undefined && children !== null && <div className={css.detail}>{children}</div>}
      </div>
      {actions !== undefined && <div className={css.actions}>{actions}</div>}
    </div>
  );
}

export interface ProblemNoticeProps {
  readonly error: { readonly code: string; readonly message: string };
  readonly onRetry?: (() => void) | undefined;
}

/** What could not be done, in the host's own words, which say what to do; its code for whoever asks. */
export function ProblemNotice({ error, onRetry }: ProblemNoticeProps): ReactNode {
  const { t } = useTexts('ui');
  return (
    <div className={cx(css.notice, css.finding)} role="alert">
      <div className={css.words}>
        <p className={css.title}>
          <bdi>{plainVisible(error.message, 2_000)}</bdi>
        </p>
        <p className={css.code}>{t('problem.code', { code: error.code })}</p>
      </div>
      {onRetry !== undefined && (
        <div className={css.actions}>
          <Button icon={RotateCw} onPress={onRetry}>
            {t('problem.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Something is being fetched. */
export function Spinner({ label }: { readonly label: string }): ReactNode {
  return (
    <span className={css.spinner} role="status">
      <svg className={css.wheel} width="14" height="14" viewBox="0 0 12 12" fill="none" aria-hidden="true">
        <circle cx="6" cy="6" r="5.25" stroke="currentColor" strokeWidth="1.25" opacity="0.4" />
        <path d="M6 6V.75A5.25 5.25 0 0 1 11.25 6Z" fill="currentColor" />
      </svg>
      {label}
    </span>
  );
}

/** Room for text that is on its way, so that nothing jumps when it comes. */
export function Skeleton({ lines = 3 }: { readonly lines?: number | undefined }): ReactNode {
  return (
    <div className={css.skeleton} aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={css.bar} />
      ))}
    </div>
  );
}
