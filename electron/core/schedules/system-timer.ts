/**
 * What the system's own scheduler is given, so that what is due is run with the app closed: a systemd user timer (systemd.timer(5)), a
 * launchd agent (launchd.plist(5)), or a task of the Windows Task Scheduler (its schema 1.2). Texts alone: nothing is written here.
 * It is called every hour and once after a time that the machine slept through; what is due is decided by Holdfast.
 */
import { HoldfastError } from '../../../shared/domain/errors.ts';

export interface TimerOrder {
  /** Of the archive: its timer is known by it. */
  readonly archiveId: string;
  readonly archiveName: string;
  /** What is called, word for word. */
  readonly command: readonly string[];
}

export interface TimerFile {
  readonly name: string;
  readonly text: string;
}

/** Stands in each of these files: what does not hold it was written by somebody else. */
export function timerMark(archiveId: string): string {
  return `Written by Holdfast for the archive ${archiveId}: holdfast schedule uninstall removes it.`;
}

export function systemdUnits(order: TimerOrder): readonly [service: TimerFile, timer: TimerFile] {
  const { archiveId, archiveName, command } = order;
  const name = timerName(archiveId);
  const mark = `# ${timerMark(archiveId)}`;
  const what = `Holdfast: what is due in ${systemdText(archiveName)}`;
  return [
    {
      name: `${name}.service`,
      // Exit 1 says that there is something to look at, which people are told of by mail and in the app: the unit has not failed.
      text: `${mark}
[Unit]
Description=${what}

[Service]
Type=oneshot
Environment=MALLOC_ARENA_MAX=2
ExecStart=${command.map(systemdWord).join(' ')}
SuccessExitStatus=1
Nice=10
IOSchedulingClass=best-effort
IOSchedulingPriority=7
TimeoutStopSec=90
`,
    },
    {
      name: `${name}.timer`,
      text: `${mark}
[Unit]
Description=${what}, every hour

[Timer]
OnCalendar=hourly
Persistent=true
RandomizedDelaySec=120

[Install]
WantedBy=timers.target
`,
    },
  ];
}

export function launchdAgent({ archiveId, command }: TimerOrder): TimerFile {
  const label = `org.holdfast.${archiveId}`;
  return {
    name: `${label}.plist`,
    text: `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- ${timerMark(archiveId)} -->
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${label}</string>
  <key>ProgramArguments</key>
  <array>
${command.map((word) => `    <string>${xml(word)}</string>`).join('\n')}
  </array>
  <key>StartCalendarInterval</key>
  <dict>
    <key>Minute</key>
    <integer>0</integer>
  </dict>
  <key>RunAtLoad</key>
  <true/>
  <key>ProcessType</key>
  <string>Background</string>
  <key>LowPriorityIO</key>
  <true/>
</dict>
</plist>
`,
  };
}

export function windowsTask({ archiveId, archiveName, command }: TimerOrder): TimerFile {
  const [program = '', ...words] = command;
  return {
    name: `${timerName(archiveId)}.xml`,
    text: `<?xml version="1.0" encoding="UTF-16"?>
<!-- ${timerMark(archiveId)} -->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>${xml(`Holdfast: what is due in ${archiveName}`)}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T00:00:00</StartBoundary>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
      <Repetition>
        <Interval>PT1H</Interval>
        <Duration>P1D</Duration>
      </Repetition>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <StartWhenAvailable>true</StartWhenAvailable>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>8</Priority>
  </Settings>
  <Actions>
    <Exec>
      <Command>${xml(program)}</Command>
      <Arguments>${xml(words.map(windowsWord).join(' '))}</Arguments>
    </Exec>
  </Actions>
</Task>
`,
  };
}

function timerName(archiveId: string): string {
  return `holdfast-${archiveId}`;
}

/** A word of ExecStart (systemd.service(5), "Command lines"): quoted, with specifiers and variables made plain. */
function systemdWord(word: string): string {
  refuseLines(word);
  return `"${word.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;
}

function systemdText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%');
}

/** As CommandLineToArgvW splits it again. */
function windowsWord(word: string): string {
  refuseLines(word);
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`;
}

function xml(text: string): string {
  refuseLines(text);
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function refuseLines(word: string): void {
  if (/[\p{Cc}\p{Surrogate}\uFFFE\uFFFF]/u.test(word))
    throw new HoldfastError(
      'BAD_INPUT',
      'A path or name with a line break or a control character in it cannot be given to the system’s scheduler. Rename that folder.',
    );
}
