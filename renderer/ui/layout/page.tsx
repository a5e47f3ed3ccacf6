import { useId, type ReactNode } from 'react';
import css from './layout.module.css';

export interface PageProps {
  readonly title: ReactNode;
  /** One sentence that says what is so; null while it is on its way, so that its room is kept. */
  readonly verdict?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** A screen: its title, its verdict, and below them what scrolls. A table or a split pane in it takes the height that is left. */
export function Page({ title, verdict, actions, children }: PageProps): ReactNode {
  return (
    <div className={css.page}>
      <header className={css.head}>
        <div className={css.heading}>
          <h1 className={css.title} tabIndex={-1}>
            {title}
          </h1>
          {verdict !== undefined && <p className={css.verdict}>{verdict}</p>}
        </div>
        {actions !== undefined && <div className={css.actions}>{actions}</div>}
      </header>
      <div className={css.content} data-page-scroll>
        {children}
      </div>
    </div>
  );
}

export interface SectionProps {
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
}

export function Section({ title, actions, description, children }: SectionProps): ReactNode {
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <div className={css.sectionHead}>
        <div className={css.heading}>
          <h2 id={id} className={css.sectionTitle}>
            {title}
          </h2>
          {description !== undefined && <p className={css.note}>{description}</p>}
        </div>
        {actions !== undefined && <div className={css.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}

export interface CardProps {
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

export function Card({ title, actions, children }: CardProps): ReactNode {
  return (
    <div className={css.card}>
      {(title !== undefined || actions !== undefined) && (
        <div className={css.cardHead}>
          {title !== undefined && <h3 className={css.cardTitle}>{title}</h3>}
          {actions !== undefined && <div className={css.actions}>{actions}</div>}
        </div>
      )}
      {children}
    </div>
  );
}

export interface FactsProps {
  readonly rows: readonly { readonly term: ReactNode; readonly value: ReactNode }[];
}

/** Facts of one thing, word by word. */
export function Facts({ rows }: FactsProps): ReactNode {
  return (
    <dl className={css.facts}>
      {rows.map((row, at) => (
        <div key={at} className={css.fact}>
          <dt className={css.factTerm}>{row.term}</dt>
          <dd className={css.factValue}>{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}

export interface ColumnsProps {
  readonly children: ReactNode;
  /** What stands beside it where there is room, and below it elsewhere. */
  readonly aside: ReactNode;
}

/** A page of facts in two columns, so that a wide window is not half empty. */
export function Columns({ children, aside }: ColumnsProps): ReactNode {
  return (
    <div className={css.room}>
      <div className={css.columns}>
        <div className={css.column}>{children}</div>
        <div className={css.column}>{aside}</div>
      </div>
    </div>
  );
}
