import { describe, expect, it } from 'vitest';
import {
  launchdAgent,
  systemdUnits,
  timerMark,
  windowsTask,
} from '../../../electron/core/schedules/system-timer.ts';

const order = {
  archiveId: '1f0c4b1e-0000-4000-8000-000000000001',
  archiveName: 'Söhne & 100 % "sound"',
  command: [
    '/opt/no de/bin/node',
    '/opt/hold"fast\\$HOME/%h.mjs',
    'schedule',
    'run-due',
    '--agent',
    'Ada <a>',
  ],
};

describe('what the system is given', () => {
  it('is a systemd service and timer in which nothing of a path is a specifier or a variable', () => {
    const [service, timer] = systemdUnits(order);
    expect(service.name).toBe(`holdfast-${order.archiveId}.service`);
    expect(service.text).toContain(
      String.raw`ExecStart="/opt/no de/bin/node" "/opt/hold\"fast\\$$HOME/%%h.mjs" "schedule" "run-due" "--agent" "Ada <a>"`,
    );
    expect(service.text).toContain('Description=Holdfast: what is due in Söhne & 100 %% "sound"\n');
    expect(timer.text).toMatch(/OnCalendar=hourly\nPersistent=true/);
  });

  it('is a launchd agent, unverified on such a system', () => {
    const { name, text } = launchdAgent(order);
    expect(name).toBe(`org.holdfast.${order.archiveId}.plist`);
    expect(text).toContain('    <string>/opt/hold&quot;fast\\$HOME/%h.mjs</string>');
    expect(text).toContain('    <string>Ada &lt;a&gt;</string>');
    expect(text).toContain('<key>RunAtLoad</key>\n  <true/>');
  });

  it('is a task of the Windows Task Scheduler, unverified on such a system', () => {
    const { text } = windowsTask({
      ...order,
      command: ['C:\\Program Files\\node.exe', 'C:\\a "b"\\', 'schedule'],
    });
    expect(text).toContain('<Command>C:\\Program Files\\node.exe</Command>');
    expect(text).toContain(
      '<Arguments>&quot;C:\\a \\&quot;b\\&quot;\\\\&quot; &quot;schedule&quot;</Arguments>',
    );
    expect(text).toContain('<StartWhenAvailable>true</StartWhenAvailable>');
  });

  it('bears the mark by which it is known again', () => {
    for (const { text } of [...systemdUnits(order), launchdAgent(order), windowsTask(order)])
      expect(text).toContain(timerMark(order.archiveId));
  });

  it('takes no path that could add a line of its own', () => {
    const hostile = { ...order, command: ['/bin/x\nExecStartPost=/bin/sh'] };
    for (const make of [systemdUnits, launchdAgent, windowsTask])
      expect(() => make(hostile)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
    expect(
      systemdUnits({ ...order, archiveName: 'A\n[Service]\nUser=root' })[0].text.match(/^\[Service\]$/gm),
    ).toHaveLength(1);
  });
});
