import type { ReactNode } from 'react';
import { Checkbox } from '../../ui/index.ts';
import styles from './hand-outs.module.css';

interface Props<Id extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly label: string }[];
  readonly chosen: readonly Id[];
  /** In the order of the options. */
  readonly onChange: (chosen: readonly Id[]) => void;
}

/** Any of a few, on one line where there is room. */
export function Several<Id extends string>({ label, options, chosen, onChange }: Props<Id>): ReactNode {
  return (
    <div className={styles.several} role="group" aria-label={label}>
      <span className={styles.label}>{label}</span>
      {options.map(({ id, label: name }) => (
        <Checkbox
          key={id}
          isSelected={chosen.includes(id)}
          onChange={(isOn) =>
            onChange(
              options.map((each) => each.id).filter((each) => (each === id ? isOn : chosen.includes(each))),
            )
          }
        >
          {name}
        </Checkbox>
      ))}
    </div>
  );
}
