/** What the loopback shell and the command line call things on the wire. */

/** The contract, over a WebSocket. */
export const RPC = '/rpc';
/** For a fresh link, asked by the command line. */
export const LINK = '/link';
/** Who acts, as a URI component; heard only from the command line. */
export const AGENT = 'x-holdfast-agent';
/** Random; the answer's PROOF shows that it comes from whoever wrote the endpoint. */
export const CHALLENGE = 'x-holdfast-challenge';
export const PROOF = 'x-holdfast-proof';
