import { implement, ORPCError, type ImplementerInternalWithMiddlewares } from '@orpc/server';
import { contract, type Contract } from '../../../shared/contract/index.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import type { HostContext } from '../context.ts';

const implementer = implement(contract)
  .$context<HostContext>()
  .use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      throw new ORPCError(error.code, { defined: true, message: error.message, cause: error });
    }
  });

/**
 * The contract, ready to be implemented: what the core throws for a person travels as the contract's typed error. Its type is
 * named, since the one that is inferred writes the whole contract out and is longer than the compiler takes.
 */
export const host: ImplementerInternalWithMiddlewares<Contract, HostContext, HostContext> = implementer;
