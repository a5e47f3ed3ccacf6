import { useLocation, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button, Page, useTexts } from '../ui/index.ts';

export function NotFoundPage(): ReactNode {
  const { t } = useTexts('app');
  const navigate = useNavigate();
  const address = useLocation({ select: ({ pathname }) => pathname });
  return (
    <Page
      title={t('notFound.title')}
      verdict={t('notFound.why', { address })}
      actions={
        <Button
          variant="primary"
          onPress={() => {
            navigate({ to: '/overview' }).catch(() => undefined);
          }}
        >
          {t('notFound.act')}
        </Button>
      }
    />
  );
}
