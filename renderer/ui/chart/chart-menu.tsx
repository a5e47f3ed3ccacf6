import { Copy, Download, FileSpreadsheet, MoreHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n.ts';
import { MenuButton } from '../overlay/menu.tsx';
import { VisuallyHidden } from '../text/small.tsx';
import { useToast } from '../toast/toast.tsx';
import { copyText } from '../util/copy.ts';
import { chartCsv, chartName, chartSvg, chartText, type Chart } from './chart-file.ts';

export interface ChartMenuProps {
  readonly chart: Chart;
  /** Where the window cannot save a file, its text is copied instead. */
  readonly canSave: boolean;
  /** The sentence stands on the screen already, and is not spoken twice. */
  readonly isTold?: boolean;
}

/** What a chart says, spoken, and its figures to take along: as text, as CSV, as a drawing. */
export function ChartMenu({ chart, canSave, isTold = false }: ChartMenuProps): ReactNode {
  const { t } = useTexts('ui');
  const { tell } = useToast();
  const { title } = chart;
  const copy = (text: string): void => {
    tell(copyText(text) ? t('chart.copied', { title }) : t('chart.notCopied'));
  };
  const give = (text: string, ending: 'csv' | 'svg', type: string): void => {
    if (!canSave) {
      copy(text);
      return;
    }
    save(chartName(chart, ending), text, type);
    tell(t('chart.saved', { name: chartName(chart, ending) }));
  };
  return (
    <>
      {!isTold && (
        <VisuallyHidden>
          <span>{chart.summary}</span>
        </VisuallyHidden>
      )}
      <MenuButton
        label={t('chart.menu', { title })}
        icon={MoreHorizontal}
        items={[
          { id: 'text', label: t('chart.text'), icon: Copy, onAction: () => copy(chartText(chart)) },
          {
            id: 'csv',
            label: t(canSave ? 'chart.saveCsv' : 'chart.copyCsv'),
            icon: FileSpreadsheet,
            onAction: () => give(chartCsv(chart), 'csv', 'text/csv'),
          },
          {
            id: 'svg',
            label: t(canSave ? 'chart.saveSvg' : 'chart.copySvg'),
            icon: Download,
            onAction: () => give(chartSvg(chart), 'svg', 'image/svg+xml'),
          },
        ]}
      />
    </>
  );
}

function save(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has been taken over by the browser by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
