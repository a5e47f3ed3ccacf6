import type {
  ContractRouterClient,
  InferContractRouterInputs,
  InferContractRouterOutputs,
} from '@orpc/contract';
import type { Contract } from '../../shared/contract/index.ts';

export type Client = ContractRouterClient<Contract>;

type Inputs = InferContractRouterInputs<Contract>;
type Outputs = InferContractRouterOutputs<Contract>;

export type Service = keyof Contract;
type AnyProcedure<S extends Service> = keyof Contract[S] & keyof Inputs[S] & keyof Outputs[S] & string;

type IsStream<Output> = Output extends { [Symbol.asyncIterator](): unknown } ? true : false;

/** Procedures that answer once. */
export type Procedure<S extends Service> = {
  [P in AnyProcedure<S>]: IsStream<Outputs[S][P]> extends true ? never : P;
}[AnyProcedure<S>];

/** Procedures that answer again and again. */
export type StreamOf<S extends Service> = {
  [P in AnyProcedure<S>]: IsStream<Outputs[S][P]> extends true ? P : never;
}[AnyProcedure<S>];

/** What is said to it; undefined where it takes nothing. */
export type InputOf<S extends Service, P extends AnyProcedure<S>> = unknown extends Inputs[S][P]
  ? undefined
  : Inputs[S][P];

export type OutputOf<S extends Service, P extends AnyProcedure<S>> = Outputs[S][P];

export type SnapshotOf<S extends Service, P extends AnyProcedure<S>> =
  Outputs[S][P] extends AsyncIterator<infer Snapshot, unknown, unknown> ? Snapshot : never;

/** Whether nothing need be said: no input, or every field of it has a default. */
type MayBeEmpty<Input> = Input extends undefined ? true : Record<never, never> extends Input ? true : false;

export type InputArguments<S extends Service, P extends AnyProcedure<S>, Options = never> =
  MayBeEmpty<InputOf<S, P>> extends true
    ? [input?: InputOf<S, P> | undefined, options?: Options]
    : [input: InputOf<S, P>, options?: Options];
