/** The design system: how every screen looks and speaks. It knows no feature and no transport. */
import './styles.css';

export { StatusGlyph } from './glyph/status-glyph.tsx';
export { Notch } from './glyph/notch.tsx';

export { Button } from './form/button.tsx';
export { IconButton } from './form/icon-button.tsx';
export { NumberField, SearchField, TextField } from './form/text-field.tsx';
export { DateField } from './form/date-field.tsx';
export { Select } from './form/select.tsx';
export { Checkbox, RadioGroup } from './form/choices.tsx';
export { Chip, ChipRow } from './form/chip.tsx';

export { ConfirmDialog, Dialog } from './overlay/dialog.tsx';
export { MenuButton, type MenuItem } from './overlay/menu.tsx';
export { FolderPicker } from './overlay/folder-picker.tsx';

export { Card, Columns, Facts, Page, Section } from './layout/page.tsx';
export { EmptyState, Notice, ProblemNotice, Skeleton, Spinner } from './layout/notice.tsx';
export { Tabs } from './layout/tabs.tsx';
export { SplitPane } from './layout/split-pane.tsx';
export { TreeList } from './layout/tree-list.tsx';
export { Timeline } from './layout/timeline.tsx';

export { DataTable } from './table/data-table.tsx';
export type { Column, Sort } from './table/columns.ts';

export { localDay } from './chart/calendar.ts';
export { ChartMenu } from './chart/chart-menu.tsx';
export { DayCalendar } from './chart/day-calendar.tsx';
export { ProgressBar } from './chart/progress-bar.tsx';
export { StatusBar } from './chart/status-bar.tsx';

export { Digest } from './text/digest.tsx';
export { MarkedText } from './text/marked-text.tsx';
export { pastedPaths } from './text/pasted-paths.ts';
export { PathText } from './text/path-text.tsx';
export { SafeText } from './text/safe-text.tsx';
export { Bytes, Count, Duration, Time } from './text/quantities.tsx';
export { Term } from './text/term.tsx';
export { KeyHint, VisuallyHidden } from './text/small.tsx';
export { plainVisible } from './text/visible.ts';

export {
  formatBytes,
  formatCount,
  formatDuration,
  formatHours,
  formatLength,
  formatPosition,
  formatRate,
  formatShare,
} from './format/numbers.ts';
export { formatDate, formatDateTime, formatRelative } from './format/dates.ts';

export { ToastRegion, useToast } from './toast/toast.tsx';
export { textsOf, useTexts, type Texts } from './i18n.ts';
export { applyTheme, restoreTheme, THEMES, type Theme } from './theme.ts';
export { copyText } from './util/copy.ts';
export { useEvent } from './util/use-event.ts';
export { useHotkeys } from './util/use-hotkeys.ts';
