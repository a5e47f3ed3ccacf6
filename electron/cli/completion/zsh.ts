import type { CompletionCommand, CompletionOption } from './tree.ts';

export function zshScript(tree: readonly CompletionCommand[]): string {
  return `#compdef holdfast
# Completion of holdfast for zsh. Written by "holdfast completion zsh".

${tree.map(functionOf).join('\n\n')}

if [ "$funcstack[1]" = "_holdfast" ]; then
  _holdfast "$@"
else
  compdef _holdfast holdfast
fi
`;
}

function nameOf(path: string): string {
  return path === '' ? '_holdfast' : `_holdfast_${path.replaceAll(' ', '_')}`;
}

function functionOf({ path, options, subcommands, words, takesFiles }: CompletionCommand): string {
  const specs = options.flatMap(specsOf);
  if (subcommands.length === 0) {
    if (words.length > 0) specs.push(`'1:word:(${words.join(' ')})'`);
    else if (takesFiles) specs.push("'*:file:_files'");
    return `${nameOf(path)}() {\n  _arguments -s \\\n    ${(specs.length > 0 ? specs : ["'*:'"]).join(' \\\n    ')}\n}`;
  }
  const list = subcommands
    .map(({ name, description }) => `    '${quoted(name)}:${quoted(description)}'`)
    .join('\n');
  const cases = subcommands
    .map(({ name }) => `        ${name}) ${nameOf(path === '' ? name : `${path} ${name}`)} ;;`)
    .join('\n');
  specs.push("'1: :->command'", "'*:: :->rest'");
  return `${nameOf(path)}() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C \\
    ${specs.join(' \\\n    ')}
  case $state in
    command)
      local -a commands=(
${list.replace(/^/gm, '    ')}
      )
      _describe 'command' commands
      ;;
    rest)
      case $words[1] in
${cases}
      esac
      ;;
  esac
}`;
}

function specsOf({ short, long, description, takes }: CompletionOption): string[] {
  const flags = short === undefined ? [long] : [short, long];
  return flags.map((flag) => {
    const text = `[${quoted(description).replace(/[[\]]/g, '\\$&')}]`;
    if (takes === 'nothing') return `'${flag}${text}'`;
    return `'${flag}${text}:value:${typeof takes === 'string' ? (takes === 'folder' ? '_files -/' : ' ') : `(${takes.join(' ')})`}'`;
  });
}

/** Within single quotes, where a colon separates. */
function quoted(text: string): string {
  return text.replaceAll("'", "'\\''").replaceAll(':', '\\:');
}
