import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../../shared/contract/index.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import type { HostContext } from '../context.ts';

/** The contract, ready to be implemented: what the core throws for a person travels as the contract's typed error. */
export const host = implement(contract)
  .$context<HostContext>()
  .use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      throw new ORPCError(error.code, { defined: true, message: error.message, cause: error });
    }
  });
