import { RESERVATION_NAMES } from '../../../shared/domain/may-leave.ts';
import type { PackageDigest } from '../../../shared/domain/package-forms.ts';
import { sectionsAsHtml, sectionsAsText, type Section } from '../hand-outs/sections.ts';
import type { PackageFacts } from './package-facts.ts';

/** How a stranger reads, checks and uses a package with what is on their machine, in fifty years: HTML. */
export function packagePage(facts: PackageFacts, isRenamed: boolean): string {
  const isReserved = facts.reservation?.uses.includes('tdm') === true;
  // W3C TDMRep, §5.2: for whatever reads the page.
  return sectionsAsHtml(titleOf(facts), sectionsOf(facts, isRenamed), isReserved ? TDM_META : '');
}

const TDM_META = '<meta name="tdm-reservation" content="1">\n';

/** The same as a text file. */
export function packageReadme(facts: PackageFacts, isRenamed: boolean): string {
  return sectionsAsText(titleOf(facts), sectionsOf(facts, isRenamed));
}

function titleOf({ of }: PackageFacts): string {
  return `Package of ${of}`;
}

function sectionsOf(facts: PackageFacts, isRenamed: boolean): Section[] {
  const { archive, recipient, reservation, digests, log } = facts;
  const strongest = digests.includes('sha256') ? 'sha256' : 'sha512';
  return [
    {
      body: [
        {
          terms: [
            ['From', archive.name],
            ...(recipient === undefined ? [] : [['For', recipient] as const]),
            ['Handed out by', facts.agent],
            ['On', facts.at],
            ['Holds', `${count(facts.files, 'file')}, ${facts.bytes.toLocaleString('en')} bytes`],
            ['Its name in the world', `urn:uuid:${facts.token}`],
            ['Head of the archive’s log', `event ${String(log.events)}: ${log.head}`],
            ...(reservation === undefined
              ? []
              : [
                  [
                    'Reserved',
                    `${reservation.uses.map((use) => RESERVATION_NAMES[use]).join('; ')}, by ${reservation.by}`,
                  ] as const,
                ]),
          ],
        },
        'This folder is a bag: the files that were handed out are in data/, everything beside it says what they are and proves that they are whole. ' +
          'It is made after an open standard, BagIt 1.0 (RFC 8493), and nothing but common tools is needed to read and check it.',
      ],
    },
    {
      title: 'What is where',
      body: [
        {
          terms: [
            ['data/', 'the files, in a folder for each accession (an act of taking into custody)'],
            ['rights.txt, rights.json', 'what is reserved, and on which basis the archive holds it'],
            [
              'metadata/description.csv',
              'what is known of each recording; a table in UTF-8, its column “file” names the file in data/',
            ],
            [
              'metadata/premis.xml',
              'what the archive knows of the files, their digests and formats, and of what was done with them: PREMIS 3.0, which preservation systems read',
            ],
            ['manifest-*.txt', 'a digest (fingerprint) of every file in data/'],
            ['tagmanifest-*.txt', 'a digest of every file beside data/, the manifests among them'],
            ['bag-info.txt', 'where the package comes from'],
            ...(isRenamed
              ? [
                  [
                    'holdfast/original-names.tsv',
                    'names that a bag cannot carry to every system were written otherwise; this table has what they were',
                  ] as const,
                ]
              : []),
          ],
        },
      ],
    },
    {
      title: 'Is everything here as it was handed out?',
      body: [
        'Open a terminal in this folder. On Linux, first what stands beside the files, then the files:',
        {
          commands: [
            `${strongest}sum -c tagmanifest-${strongest}.txt`,
            `${strongest}sum --quiet -c manifest-${strongest}.txt`,
          ],
        },
        'On a Mac:',
        {
          commands: [
            `shasum -a ${strongest.slice(3)} -c tagmanifest-${strongest}.txt`,
            `shasum -a ${strongest.slice(3)} -c manifest-${strongest}.txt`,
          ],
        },
        'On Windows, in PowerShell; what is damaged or missing is named, and nothing is said where all is well:',
        {
          commands: [
            powerShell(`tagmanifest-${strongest}.txt`, strongest),
            powerShell(`manifest-${strongest}.txt`, strongest),
          ],
        },
        'With a program for bags, such as the Library of Congress’s bagit.py, or Holdfast:',
        { commands: ['bagit.py --validate .', 'holdfast bag validate .'] },
        'A file of which a digest does not agree is not what was handed out: ask the archive for it again. Files that no manifest lists were added by somebody else.',
        ...(digests.some((each) => each === 'md5' || each === 'sha1')
          ? [
              'MD5 and SHA-1 stand here for programs that know no other. They find accidents; they do not stop a forger.',
            ]
          : []),
      ],
    },
    {
      title: 'Is it what the archive handed out?',
      body: [
        `The archive keeps a signed log that only grows. The head of it stands above and in bag-info.txt (Holdfast-Log-Head). Ask ${archive.name} what it recorded ` +
          `of urn:uuid:${facts.token}: the event that follows that head names the SHA-256 of tagmanifest-${strongest}.txt here, which speaks for every file of this package` +
          (facts.form === 'folder' ? '.' : `, and that of the ${facts.form} file that it came in.`),
      ],
    },
    {
      title: 'How the files are used',
      body: [
        'They are as they were taken into custody, byte for byte. Common formats such as WAVE, FLAC and MP3 play in any player; description.csv says of each what it is. ' +
          'Copy files out of data/ to work on them, and leave this folder as it is: it can then be checked for as long as it is kept.',
      ],
    },
  ];
}

function powerShell(manifest: string, algorithm: Extract<PackageDigest, 'sha256' | 'sha512'>): string {
  return (
    `Get-Content -Encoding UTF8 ${manifest} | ForEach-Object { $d, $p = $_ -split '  ', 2; ` +
    `if ((Get-FileHash -LiteralPath $p -Algorithm ${algorithm.toUpperCase()}).Hash -ne $d) { "DAMAGED OR MISSING: $p" } }`
  );
}

function count(n: number, what: string): string {
  return `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;
}
