import { useCallback, useEffect, useMemo, useReducer, useRef, useState, type RefObject } from 'react';
import type { Replica } from '../../../../shared/contract/holdings.ts';
import { mediaUrl } from '../../../client/index.ts';
import { copiesToPlay, faultOf, type PlayFault } from '../listening.ts';
import { quietly } from '../quietly.ts';

export interface Audio {
  readonly ref: RefObject<HTMLAudioElement | null>;
  readonly isPlaying: boolean;
  readonly atMs: number;
  /** Undefined until the file told it. */
  readonly lengthMs: number | undefined;
  readonly fault: PlayFault | undefined;
  readonly copy: Replica | undefined;
  readonly src: string | undefined;
  readonly toggle: () => void;
  readonly seek: (ms: number, isPlayed?: boolean) => void;
}

/**
 * One native audio element over the copies of one content. A copy that cannot be handed out is followed by the next one; what
 * cannot be decoded is said, since every copy has the same bytes.
 */
export function useAudio(replicas: readonly Replica[]): Audio {
  const ref = useRef<HTMLAudioElement>(null);
  const copies = useMemo(() => copiesToPlay(replicas), [replicas]);
  const [tried, setTried] = useState(0);
  const [fault, setFault] = useState<PlayFault>();
  const [, look] = useReducer((n: number) => n + 1, 0);
  // Where to go on once there is something to play: nothing is read from a disk before it is asked for.
  const wanted = useRef<{ ms: number; isPlayed: boolean }>(undefined);
  const copy = copies[tried];
  const src = copy === undefined ? undefined : mediaUrl(copy.id);

  useEffect(() => {
    const audio = ref.current;
    if (audio === null || src === undefined) return;
    const failed = async (): Promise<void> => {
      const code = audio.error?.code ?? 0;
      if (code === 0) return;
      const atMs = audio.currentTime * 1000;
      const found = faultOf(code, atMs, await isServed(src));
      if (found.why !== 'notServed') {
        setFault(found);
        return;
      }
      wanted.current = { ms: atMs, isPlayed: true };
      if (tried + 1 < copies.length) setTried(tried + 1);
      else setFault({ why: 'noCopy' });
    };
    const fail = (): void => quietly(failed());
    const ready = (): void => {
      const to = wanted.current;
      wanted.current = undefined;
      if (to !== undefined) {
        audio.currentTime = to.ms / 1000;
        if (to.isPlayed) audio.play().catch(() => undefined);
      }
      look();
    };
    const heard = ['play', 'pause', 'timeupdate', 'ended', 'durationchange', 'seeked'] as const;
    for (const name of heard) audio.addEventListener(name, look);
    audio.addEventListener('error', fail);
    audio.addEventListener('loadedmetadata', ready);
    if (wanted.current !== undefined) audio.load();
    return () => {
      for (const name of heard) audio.removeEventListener(name, look);
      audio.removeEventListener('error', fail);
      audio.removeEventListener('loadedmetadata', ready);
    };
  }, [src, tried, copies.length]);

  const seek = useCallback((ms: number, isPlayed = false) => {
    const audio = ref.current;
    if (audio === null) return;
    if (audio.readyState >= HTMLMediaElement.HAVE_METADATA) {
      audio.currentTime = ms / 1000;
      if (isPlayed) audio.play().catch(() => undefined);
    } else {
      wanted.current = { ms, isPlayed };
      audio.load();
    }
    look();
  }, []);
  const toggle = useCallback(() => {
    const audio = ref.current;
    if (audio === null) return;
    if (audio.paused) audio.play().catch(() => undefined);
    else audio.pause();
  }, []);
  const audio = ref.current;
  const length = audio?.duration;
  return {
    ref,
    isPlaying: audio !== null && !audio.paused && !audio.ended,
    atMs: wanted.current?.ms ?? (audio?.currentTime ?? 0) * 1000,
    lengthMs: length !== undefined && Number.isFinite(length) ? length * 1000 : undefined,
    fault: copies.length === 0 ? { why: 'noCopy' } : fault,
    copy,
    src,
    toggle,
    seek,
  };
}

/** Whether the shell hands the bytes out: a media element does not tell a refusal from a format that it does not know. */
async function isServed(src: string): Promise<boolean> {
  try {
    const response = await fetch(src, { headers: { Range: 'bytes=0-0' } });
    return response.ok;
  } catch {
    return false;
  }
}
