/** What people write for the closed words of structure: roles of representations, predicates of relations. */
import {
  RELATION_PREDICATES,
  REPRESENTATION_ROLES,
  type RelationPredicate,
  type RepresentationRole,
} from './vocabulary.ts';

const SHORT_ROLES: Readonly<Record<string, RepresentationRole>> = {
  master: 'preservation master',
  preservation: 'preservation master',
  production: 'production master',
  access: 'access copy',
  document: 'documentation',
  docs: 'documentation',
};

/** The role that a text names, in any case and with any of blank, hyphen and underscore; undefined where it names none. */
export function parseRole(text: string): RepresentationRole | undefined {
  const plain = plainly(text);
  return REPRESENTATION_ROLES.find((role) => role === plain) ?? SHORT_ROLES[plain];
}

/** The predicate that a text names, as for `parseRole`. */
export function parsePredicate(text: string): RelationPredicate | undefined {
  const plain = plainly(text);
  return RELATION_PREDICATES.find((predicate) => predicate === plain);
}

function plainly(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');
}

/** What an accession can be regrouped by. */
export const REGROUPINGS = ['folder', 'tags', 'disc', 'names'] as const;
