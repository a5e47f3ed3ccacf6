import type { CompletionCommand, CompletionOption } from './tree.ts';

export function fishScript(tree: readonly CompletionCommand[]): string {
  const groups = tree
    .filter(({ path, subcommands }) => path !== '' && subcommands.length > 0)
    .map(({ path }) => path);
  return `# Completion of holdfast for fish. Written by "holdfast completion fish".
function __holdfast_path
    # The words that name the command, options and their values left out.
    set -l skip 0
    set -l path
    for word in (commandline -opc)[2..-1]
        if test $skip = 1
            set skip 0
            continue
        end
        switch $word
            case ${valueOptions(tree).join(' ')}
                set skip 1
            case '-*'
                continue
            case '*'
                if test (count $path) = 0
                    set path $word
                else if contains -- "$path" ${groups.join(' ')}
                    set path "$path $word"
                end
        end
    end
    test "$path" = "$argv[1]"
end

complete -c holdfast -f
${tree.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ path, options, subcommands, words, takesFiles }: CompletionCommand): string[] {
  const when = `complete -c holdfast -n ${quoted(`__holdfast_path ${quoted(path)}`)}`;
  return [
    ...subcommands.map(({ name, description }) => `${when} -a ${quoted(name)} -d ${quoted(description)}`),
    ...words.map((word) => `${when} -a ${quoted(word)}`),
    ...(takesFiles ? [`${when} -F`] : []),
    ...options.map((option) => `${when}${optionWords(option)}`),
  ];
}

function optionWords({ short, long, description, takes }: CompletionOption): string {
  const flags = `${short === undefined ? '' : ` -s ${short.slice(1)}`} -l ${long.slice(2)} -d ${quoted(description)}`;
  if (takes === 'nothing') return flags;
  if (takes === 'folder') return `${flags} -x -a '(__fish_complete_directories)'`;
  return takes === 'text' ? `${flags} -x` : `${flags} -x -a ${quoted(takes.join(' '))}`;
}

function valueOptions(tree: readonly CompletionCommand[]): string[] {
  const flags = tree.flatMap(({ options }) =>
    options.filter(({ takes }) => takes !== 'nothing').map(({ long }) => long),
  );
  return [...new Set(flags)];
}

/** fish knows two escapes within single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
