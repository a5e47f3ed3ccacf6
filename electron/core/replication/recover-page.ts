import { sectionsAsHtml, sectionsAsText, type Section } from '../hand-outs/sections.ts';

/** Grows with what the page says, so that places that have an older one get the newer. */
export const RECOVER_PAGE_VERSION = 1;

const TITLE = 'How to use what is kept here, without Holdfast';

/** The same page twice, for whoever finds a managed location and nothing else. docs/recover-without-holdfast.md says it too. */
export function recoverPages(): { readonly text: string; readonly html: string } {
  const version = String(RECOVER_PAGE_VERSION);
  return {
    text: sectionsAsText(TITLE, [...SECTIONS, { body: [`Page ${version} of its kind.`] }]),
    html: sectionsAsHtml(TITLE, SECTIONS, `<meta name="holdfast-recover-page" content="${version}">\n`),
  };
}

/** The version of a page that stands somewhere; undefined where it is none of ours. */
export function recoverPageVersion(text: string): number | undefined {
  const [, version] =
    /^Page (\d{1,6}) of its kind\.$/m.exec(text) ??
    /<meta name="holdfast-recover-page" content="(\d{1,6})">/.exec(text) ??
    [];
  return version === undefined ? undefined : Number(version);
}

const SECTIONS: readonly Section[] = [
  {
    body: [
      'Recordings of one or several archives are kept in this folder. A program called Holdfast put them here; it is not needed to read, check or use them. ' +
        'Everything is in open forms: folders and files, BagIt (RFC 8493), JSON, SQLite. Please change nothing here: copy what you need.',
    ],
  },
  {
    title: 'What is where',
    body: [
      {
        terms: [
          [
            'a folder with a long number',
            'one archive, for example 3f0c6a52-…; README.txt in it says which. Everything below is in there',
          ],
          [
            'bags/',
            'the recordings: one folder for each deposit, named after its accession number (an act of taking into custody). The files are in its data/. ' +
              '-a2 is the second deposit of an accession; -s2 succeeds the folder without it, with a change that somebody accepted',
          ],
          [
            'supplements/',
            'what is known of each deposit: titles, people, dates, rights, what was done and when. A JSON file for each accession, and archive.json for the rest',
          ],
          ['snapshots/', 'the whole catalogue as a database (SQLite 3); the highest number is the newest'],
          ['.holdfast/', 'the program’s own notes about this place. Not needed'],
        ],
      },
    ],
  },
  {
    title: 'Is a deposit as it was sealed?',
    body: [
      'Open a terminal in its folder (bags/…). On Linux, first what stands beside the recordings, then the recordings:',
      { commands: ['sha256sum -c tagmanifest-sha256.txt', 'sha256sum --quiet -c manifest-sha256.txt'] },
      'On a Mac:',
      { commands: ['shasum -a 256 -c tagmanifest-sha256.txt', 'shasum -a 256 -c manifest-sha256.txt'] },
      'On Windows, in PowerShell; what is damaged or missing is named, and nothing is said where all is well:',
      {
        commands: [
          "Get-Content -Encoding UTF8 manifest-sha256.txt | ForEach-Object { $d, $p = $_ -split '  ', 2; " +
            'if ((Get-FileHash -LiteralPath $p -Algorithm SHA256).Hash -ne $d) { "DAMAGED OR MISSING: $p" } }',
        ],
      },
      'With a program for bags, such as the Library of Congress’s bagit.py:',
      { commands: ['bagit.py --validate .'] },
      'manifest-sha512.txt says the same with longer digests. Where a file is damaged, look for another copy of the same deposit in another place: bags of one name are alike.',
    ],
  },
  {
    title: 'What are the files called?',
    body: [
      'As they were when they were handed over, save where a name could not be carried to every system: =HH in a name stands for the byte HH. ' +
        'holdfast/original-names.tsv in the bag has what these were: the path in data/, the bytes of the original in base64, and how it looks.',
      { commands: ['cut -f2 holdfast/original-names.tsv | tail -n +2 | base64 -d   # the original bytes'] },
    ],
  },
  {
    title: 'What are the recordings?',
    body: [
      'A supplement is a text file in UTF-8. Its first line says whose it is. Then each table has a line with its name and its columns, and a line for each of its rows. ' +
        'Of most use: accessions (title, source, how it was acquired), items and parts (titles, creators, dates, in their order), descriptions (what archivists wrote), ' +
        'rights_statements, objects and digests (every file by its SHA-256), replicas with folders (where each stood), events (the log). The last line has the digest of all before it. Beside each file its .sha256 is for:',
      { commands: ['sha256sum -c *.sha256'] },
      'The newest snapshot holds the same tables, and more, for any program that reads SQLite:',
      {
        commands: [
          'sqlite3 -readonly catalogue-NUMBER.sqlite .tables',
          'sqlite3 -readonly catalogue-NUMBER.sqlite "SELECT number, title, source, acquired FROM accessions"',
          'sqlite3 -readonly catalogue-NUMBER.sqlite "SELECT a.number, i.title, i.creator, i.date FROM items i JOIN accessions a ON a.id = i.accession_id"',
          `sqlite3 -readonly catalogue-NUMBER.sqlite "SELECT CAST(f.path AS TEXT), CAST(r.name AS TEXT), lower(hex(o.sha256)) FROM replicas r JOIN folders f ON f.id = r.folder_id JOIN objects o ON o.id = r.object_id"`,
        ],
      },
      'Times are milliseconds since 1970 in UTC; paths and names are bytes, mostly UTF-8; digests are bytes, shown by hex().',
    ],
  },
  {
    title: 'Was anything changed in the record?',
    body: [
      'Each row of events has the text that was recorded (body), its SHA-256 (hash) and an Ed25519 signature by one of signing_keys. Each body names the hash of the one before as ' +
        '"previous", so that nothing can be taken out or put in between. A head of that chain that somebody else has in writing, as in a receipt or a package that was handed out, proves all that came before it.',
    ],
  },
  {
    title: 'May it be used?',
    body: [
      'rights_statements say on which basis the archive holds it. That the files can be read does not say that they may be published: ask who took over from the archive.',
    ],
  },
];
