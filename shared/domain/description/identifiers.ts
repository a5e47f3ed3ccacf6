/** Typed identifiers: how each is written, and what can be checked of it. */

export type IdentifierScheme =
  | 'isrc'
  | 'iswc'
  | 'barcode'
  | 'catalognumber'
  | 'isni'
  | 'mbid-recording'
  | 'mbid-release'
  | 'mbid-release-group'
  | 'mbid-work'
  | 'mbid-artist'
  | 'shelf-mark'
  | 'finding-aid'
  | 'ark'
  | 'local-id';

export type CheckedIdentifier = { readonly value: string } | { readonly problem: string };

type Check = (text: string) => CheckedIdentifier;

const CHECKS: Readonly<Record<IdentifierScheme, Check>> = {
  isrc,
  iswc,
  barcode,
  isni,
  'mbid-recording': mbid,
  'mbid-release': mbid,
  'mbid-release-group': mbid,
  'mbid-work': mbid,
  'mbid-artist': mbid,
  catalognumber: free,
  'shelf-mark': free,
  'finding-aid': free,
  ark: free,
  'local-id': free,
};

/** The identifier in the one form that is kept, or a sentence without its subject on what is wrong with it. */
export function checkIdentifier(scheme: IdentifierScheme, text: string): CheckedIdentifier {
  return CHECKS[scheme](text);
}

function free(text: string): CheckedIdentifier {
  return { value: text };
}

/** ISO 3901: country or prefix, registrant, year, designation; without a check digit. Kept without hyphens. */
function isrc(text: string): CheckedIdentifier {
  const bare = text
    .toUpperCase()
    .replace(/^ISRC\b[:\s]*/, '')
    .replace(/[\s.-]/g, '');
  if (/^[A-Z]{2}[A-Z0-9]{3}\d{7}$/.test(bare)) return { value: bare };
  return {
    problem: `is no ISRC: two letters, three letters or digits, seven digits, as in GB-AYE-69-00531`,
  };
}

/** ISO 15707: T, nine digits and a check digit. Kept as T-034.524.680-1. */
function iswc(text: string): CheckedIdentifier {
  const bare = text
    .toUpperCase()
    .replace(/^ISWC\b[:\s]*/, '')
    .replace(/[\s.-]/g, '');
  if (!/^T\d{10}$/.test(bare))
    return { problem: 'is no ISWC: T, nine digits and a check digit, as in T-034.524.680-1' };
  const digits = Array.from(bare.slice(1, 10), Number);
  const sum = digits.reduce((total, digit, i) => total + digit * (i + 1), 1);
  const check = (10 - (sum % 10)) % 10;
  if (check !== Number(bare[10])) return wrongDigit('ISWC', String(check), bare.slice(10));
  return { value: `T-${bare.slice(1, 4)}.${bare.slice(4, 7)}.${bare.slice(7, 10)}-${bare.slice(10)}` };
}

/** EAN-8, UPC-A, EAN-13 and GTIN-14 by their lengths, with the check digit of GS1. Kept as digits. */
function barcode(text: string): CheckedIdentifier {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^(?:\d{8}|\d{12,14})$/.test(digits))
    return { problem: 'is no EAN or UPC: it has 8, 12, 13 or 14 digits, as in 4006381333931' };
  let sum = 0;
  for (let i = digits.length - 2, weight = 3; i >= 0; i--, weight = 4 - weight)
    sum += Number(digits[i]) * weight;
  const check = (10 - (sum % 10)) % 10;
  return check === Number(digits.at(-1))
    ? { value: digits }
    : wrongDigit('EAN', String(check), digits.slice(-1));
}

/** ISO 27729: 16 digits, the last one a check by ISO 7064 MOD 11-2, where X is ten. Kept in groups of four. */
function isni(text: string): CheckedIdentifier {
  const bare = text
    .toUpperCase()
    .replace(/^(?:HTTPS?:\/\/(?:WWW\.)?ISNI\.ORG\/(?:ISNI\/)?|ISNI\b[:\s]*)/, '')
    .replace(/[\s-]/g, '');
  if (!/^\d{15}[\dX]$/.test(bare))
    return { problem: 'is no ISNI: 16 digits, the last of which may be X, as in 0000 0001 2103 2683' };
  let sum = 0;
  for (const digit of bare.slice(0, 15)) sum = ((sum + Number(digit)) * 2) % 11;
  const check = (12 - sum) % 11;
  const expected = check === 10 ? 'X' : String(check);
  if (expected !== bare[15]) return wrongDigit('ISNI', expected, bare.slice(15));
  return { value: bare.replace(/.{4}(?=.)/g, '$& ') };
}

function mbid(text: string): CheckedIdentifier {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?musicbrainz\.org\/[a-z-]+\//, '');
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(bare)) return { value: bare };
  return { problem: 'is no MusicBrainz id: a UUID, as in 5b11f4ce-a62d-471e-81fc-a69a8278c7da' };
}

function wrongDigit(scheme: string, expected: string, found: string): CheckedIdentifier {
  return {
    problem: `is no ${scheme}: its check digit should be ${expected} and is ${found}, so that a digit is mistyped`,
  };
}
