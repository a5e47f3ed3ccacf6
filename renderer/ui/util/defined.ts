type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The properties that are not undefined: react-aria tells "not given" from "given as undefined". */
export function defined<T extends object>(props: T): Defined<T> {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as Defined<T>;
}
