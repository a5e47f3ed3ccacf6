export const NO_SUCH_WORD = 'no such word';

/**
 * What people type, by kind. Words of both generators (tests/fixtures/generate) stand here, so that a made catalogue and
 * one taken from made files both answer; every token is a prefix to the search, as an unfinished word is to a person.
 */
const KINDS: Readonly<Record<string, string>> = {
  'one letter': 'a|b|c|d|e|f|g|h|k|l|m|n|p|r|s|t|v|w|č|ř|2|1',
  'two letters': 'ba|be|co|da|dv|ev|ha|jü|ka|li|lo|ma|mi|no|qu|re|sa|si|so|sl|to|va|wa|wi|19|20|hf|ре',
  'three letters':
    'adv|bal|bro|cat|cho|con|dvo|eve|har|ket|lam|lic|lov|mar|nig|orc|pre|qua|riv|son|thr|val|wal|win|200|mp3|fla',
  'common word':
    'love|night|blues|song|dance|river|winter|morning|heart|road|home|light|moon|city|dream|summer|train|water|waltz|polka|' +
    'lament|sonata|symphony|quartet|nocturne|mazurka|allegro|andante|orchestra|george|kettle|evening|quiet|harbour|box|flac',
  'rare word':
    'tisatazo|lomepesi|movili|coroda|filota|lodera|noca|helefira|finoma|salecahe|rohefito|kovivi|basano|hegali|segada|vitihe|' +
    'tanoco|lotasi|misalame|gozape|bevereve|tefiloli|petano|threshold|hollow|stairwell|okafor|byrne',
  [NO_SUCH_WORD]: 'xylophonist|qqq|zzzzzz|wombat|0000000|ünfug',
  'unfinished word':
    'noctur|symph|orches|winte|kettl|ev?|dvor|hakan|mazur|helef|tisat|stairw|lament-|rehears',
  'folded word':
    'Dvořák|DVORAK|dvorak|Händel|handel|Señorita|naïve|Łódź|lodz|Žižka|straße|strasse|Œuvre|étude|Øystein|Jürgen',
  'two words':
    'love night|river winter|night river|a b|lo ni|s o|slow kettle|evening river|george love|hana waltz|clara sonata|quiet har|' +
    'blues lica|moon li|first orchard|dvořák quartet|northern mill|winter morning|love catibe|rain lomepesi|2 wa|19 love',
  'more words':
    'slow kettle waltz|the quiet evening river|love night blues song|a b c d|lo ni bl so da|hana novak evening|george love ' +
    'morning road home|clara symphony allegro love|second harbour 1994|first winter lament 01',
  Cyrillic:
    'песня|ночь|река|зима|утро|сердце|вальс|симфония|ёлка|елка|чайка|Мария|Петрова|п|но|вальс река|подмос|й',
  CJK: '東京|京|大阪|春|春の海|さくら|夜想曲|交響|ノクターン|ソナタ|赤とんぼ|茉莉花|二泉映月|아리랑|서울|봄|花子|山田|山|東京 大阪|月光 夜想曲',
  ISRC: 'GBHF15505555|GBHF10000000|GBHF14000040|GBHF17512375|GBHF19099990|GBHF1|GBHF155|GBHF1550|gbhf15|gb-hf1-55-05555',
  path: 'box 12/|Shelf|box 7 love|cover.jpg|rip.log|album cue|HF 000123|[HF 000999]|1994 Evening River|02 Love|mp3 01',
};

export interface Query {
  readonly kind: string;
  readonly text: string;
}

export const queries: readonly Query[] = Object.entries(KINDS).flatMap(([kind, texts]) =>
  texts.split('|').map((text) => ({ kind, text })),
);
