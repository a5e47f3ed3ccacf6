/** Which locations one failure would take together. */

export interface Place {
  readonly id: string;
  readonly name: string;
  /** Names of whatever it stands on: a file system, a disk, a server. What they look like says nothing. */
  readonly devices: readonly string[];
  readonly failureGroup?: string | undefined;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface SharedFate {
  readonly location: string;
  readonly name: string;
  /** On the same device, as it was found, whatever anybody says of their failure groups. */
  readonly sameDevice: Named[];
  /** Of the same failure group, as somebody said; not those that are on the same device. */
  readonly sameGroup: Named[];
  /** On the same device as one of another failure group: their copies count as independent, and are not. */
  readonly declaredApart: boolean;
}

/** A row for each place that shares its fate with another. */
export function sharedFates(places: readonly Place[]): SharedFate[] {
  return places.flatMap((place) => {
    const others = places.filter(({ id }) => id !== place.id);
    const onDevice = others.filter(({ devices }) => devices.some((device) => place.devices.includes(device)));
    const group = groupOf(place);
    const inGroup = others.filter((other) => group !== '' && groupOf(other) === group);
    if (onDevice.length + inGroup.length === 0) return [];
    return [
      {
        location: place.id,
        name: place.name,
        sameDevice: onDevice.map(named),
        sameGroup: inGroup.filter((other) => !onDevice.includes(other)).map(named),
        declaredApart:
          group !== '' && onDevice.some((other) => groupOf(other) !== '' && groupOf(other) !== group),
      },
    ];
  });
}

function groupOf({ failureGroup }: Place): string {
  return failureGroup?.trim() ?? '';
}

function named({ id, name }: Place): Named {
  return { id, name };
}
