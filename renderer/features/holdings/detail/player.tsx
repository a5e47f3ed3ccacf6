import { ListMusic, Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import type { Entity, Holding } from '../../../../shared/contract/holdings.ts';
import { useCall, useDesktop } from '../../../client/index.ts';
import {
  Button,
  formatLength,
  formatPosition,
  IconButton,
  Notice,
  plainVisible,
  SafeText,
  useTexts,
} from '../../../ui/index.ts';
import { audible, trackAt, tracksOfPart, type TrackShown } from '../listening.ts';
import css from './detail.module.css';
import own from './player.module.css';
import { useAudio } from './use-audio.ts';
import { quietly } from '../quietly.ts';

/** Listening to what sounds of a thing; nothing is shown where nothing does. */
export function Player({ entity }: { readonly entity: Entity }): ReactNode {
  const { t } = useTexts('holdings');
  const [at, setAt] = useState(0);
  const [isGoing, setGoing] = useState(false);
  const parts = audible(entity.parts);
  const part = parts[Math.min(at, parts.length - 1)];
  if (part === undefined) return null;
  const go = (to: number): void => {
    setAt(to);
    setGoing(true);
  };
  return (
    <section className={own.player} aria-label={t('player.label')}>
      <PartPlayer
        key={part.id}
        part={part}
        entity={entity}
        isBegun={isGoing}
        onEnded={() => (at + 1 < parts.length ? go(at + 1) : setGoing(false))}
        {...(parts.length > 1 && {
          among: { at, count: parts.length, onGo: go },
        })}
      />
    </section>
  );
}

interface PartPlayerProps {
  readonly part: Holding;
  readonly entity: Entity;
  /** Plays at once: the one before it ended, or was skipped. */
  readonly isBegun: boolean;
  readonly onEnded: () => void;
  readonly among?: { readonly at: number; readonly count: number; readonly onGo: (at: number) => void };
}

function PartPlayer({ part, entity, isBegun, onEnded, among }: PartPlayerProps): ReactNode {
  const { t } = useTexts('holdings');
  const isOwn = entity.object !== undefined;
  const shown = useCall('holdings', 'show', { id: part.id }, { enabled: !isOwn });
  const content = isOwn ? entity : shown.data;
  const audio = useAudio(content?.replicas ?? NO_COPIES);
  const tracks = tracksOfPart(entity.tracks, part.id);
  const lengthMs = audio.lengthMs ?? part.durationMs;
  const current = trackAt(tracks, audio.atMs);
  if (content === undefined) return <div className={own.waiting} />;
  if (audio.fault !== undefined) return <Fault fault={audio.fault} part={part} content={content} />;
  return (
    <>
      <audio ref={audio.ref} src={audio.src} preload="none" autoPlay={isBegun} onEnded={onEnded} />
      <div className={own.playerLine}>
        {among !== undefined && (
          <IconButton
            icon={SkipBack}
            label={t('player.previous')}
            isDisabled={among.at === 0}
            onPress={() => among.onGo(among.at - 1)}
          />
        )}
        <IconButton
          icon={audio.isPlaying ? Pause : Play}
          label={t(audio.isPlaying ? 'player.pause' : 'player.play')}
          onPress={audio.toggle}
        />
        {among !== undefined && (
          <IconButton
            icon={SkipForward}
            label={t('player.next')}
            isDisabled={among.at + 1 >= among.count}
            onPress={() => among.onGo(among.at + 1)}
          />
        )}
        <input
          className={own.seek}
          type="range"
          min={0}
          max={Math.max(1, Math.round(lengthMs / 1000))}
          step={1}
          value={Math.round(audio.atMs / 1000)}
          aria-label={t('player.place')}
          aria-valuetext={t('player.of', {
            at: formatPosition(audio.atMs),
            length: formatPosition(lengthMs),
          })}
          onChange={(event) => audio.seek(event.currentTarget.valueAsNumber * 1000)}
        />
        <span className={own.time}>
          {formatPosition(audio.atMs)} / {formatPosition(lengthMs)}
        </span>
      </div>
      {among !== undefined && (
        <p className={own.playing}>
          {t('player.among', { at: among.at + 1, count: among.count })}{' '}
          <SafeText value={part.title} maxLength={120} />
        </p>
      )}
      {audio.copy !== undefined && (
        <p className={own.playing}>
          {t('player.from', { location: plainVisible(audio.copy.locationName, 80) })}
        </p>
      )}
      {tracks.length > 0 && <Tracks tracks={tracks} current={current} onGo={(ms) => audio.seek(ms, true)} />}
    </>
  );
}

const NO_COPIES: Entity['replicas'] = [];
const FEW_TRACKS = 30;

interface TracksProps {
  readonly tracks: readonly TrackShown[];
  readonly current: TrackShown | undefined;
  readonly onGo: (ms: number) => void;
}

/** Tracks inside the file, as its cue sheet tells them; each is played from its start. */
function Tracks({ tracks, current, onGo }: TracksProps): ReactNode {
  const { t } = useTexts('holdings');
  const label = useId();
  const [most, setMost] = useState(FEW_TRACKS);
  return (
    <div>
      <p id={label} className={css.subtitle}>
        <ListMusic size={14} aria-hidden /> {t('player.tracks')}
      </p>
      <ol className={own.tracks} aria-labelledby={label}>
        {tracks.slice(0, most).map((each) => (
          <li key={`${each.track.cue} ${each.track.number}`}>
            <button
              type="button"
              className={own.track}
              aria-current={each === current}
              onClick={() => onGo(each.startMs)}
            >
              <span className={own.trackNumber}>{each.track.number}</span>
              <span className={own.trackTitle}>
                <SafeText
                  value={(each.track.title ?? t('player.track', { number: each.track.number })).slice(0, 200)}
                />
                {each.track.performer !== undefined && (
                  <span className={css.muted}>
                    {' '}
                    <SafeText value={each.track.performer.slice(0, 120)} />
                  </span>
                )}
              </span>
              <span className={own.trackTime}>
                {each.lengthMs === undefined ? '' : formatLength(each.lengthMs)}
              </span>
            </button>
          </li>
        ))}
      </ol>
      {tracks.length > most && (
        <Button variant="quiet" onPress={() => setMost(tracks.length)}>
          {t('player.allTracks', { count: tracks.length })}
        </Button>
      )}
    </div>
  );
}

interface FaultProps {
  readonly fault: NonNullable<ReturnType<typeof useAudio>['fault']>;
  readonly part: Holding;
  readonly content: Entity;
}

/** Why nothing sounds, and what can be done: that a window cannot play it says nothing about the copy. */
function Fault({ fault, part, content }: FaultProps): ReactNode {
  const { t } = useTexts('holdings');
  const desktop = useDesktop();
  const codec = content.object?.technical['codec'];
  const format = typeof codec === 'string' && codec !== '' ? `${part.format}, ${codec}` : part.format;
  const [first] = content.replicas;
  return (
    <Notice
      title={
        fault.why === 'cannotDecode'
          ? t('player.cannotDecode', { format: plainVisible(format, 80) })
          : fault.why === 'brokeOff'
            ? t('player.brokeOff', { at: formatPosition(fault.atMs) })
            : t('player.noCopy')
      }
      {...(desktop.kind === 'electron' &&
        first !== undefined && {
          actions: (
            <Button variant="plain" onPress={() => quietly(desktop.reveal(first.path))}>
              {t('reveal')}
            </Button>
          ),
        })}
    >
      {t(`player.${fault.why}Why`)}
    </Notice>
  );
}
