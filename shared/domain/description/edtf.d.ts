// The package has no types of its own; declared as far as it is used.
declare module 'edtf' {
  /** @throws Error for a text that is no EDTF, or an interval that ends before it begins. */
  export default function edtf(text: string): unknown;
}
