import type { CompletionCommand } from './tree.ts';

/** Works with plain bash 3.2 (macOS): no associative arrays, nothing of the bash-completion package. */
export function bashScript(tree: readonly CompletionCommand[]): string {
  const groups = tree.filter(({ path, subcommands }) => path !== '' && subcommands.length > 0);
  return `# Completion of holdfast for bash. Written by "holdfast completion bash".
_holdfast() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" path="" word i skip=0
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if ((skip)); then skip=0; continue; fi
    case "$word" in
      ${valueOptions(tree).join('|')}) skip=1 ;;
      -*) ;;
      *)
        case "$path" in
          "") path="$word" ;;
          ${groups.map(({ path }) => path).join('|')}) path="$path $word" ;;
        esac
        ;;
    esac
  done
  local words="" options="" files=0
  case "$path" in
${tree.map(arm).join('\n')}
  esac
  case "$prev" in
${choiceArms(tree).join('\n')}
    ${folderOptions(tree).join('|')}) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur")); return ;;
    ${textOptions(tree).join('|')}) return ;;
  esac
  if [[ "$cur" == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
    return
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  if ((files)); then
    compopt -o filenames 2>/dev/null
    local IFS=$'\\n'
    COMPREPLY+=($(compgen -f -- "$cur"))
  fi
}
complete -F _holdfast holdfast
`;
}

function arm({ path, options, subcommands, words, takesFiles }: CompletionCommand): string {
  const flags = options.flatMap(({ short, long }) => (short === undefined ? [long] : [short, long]));
  const names = [...subcommands.map(({ name }) => name), ...words];
  return `    "${path}") words="${names.join(' ')}"; options="${flags.join(' ')}"; files=${takesFiles ? 1 : 0} ;;`;
}

function flagsOf(tree: readonly CompletionCommand[], wanted: (takes: unknown) => boolean): string[] {
  const flags = tree.flatMap(({ options }) =>
    options.filter(({ takes }) => wanted(takes)).map(({ long }) => long),
  );
  return [...new Set(flags)];
}

function valueOptions(tree: readonly CompletionCommand[]): string[] {
  return flagsOf(tree, (takes) => takes !== 'nothing');
}

function folderOptions(tree: readonly CompletionCommand[]): string[] {
  return flagsOf(tree, (takes) => takes === 'folder');
}

function textOptions(tree: readonly CompletionCommand[]): string[] {
  return flagsOf(tree, (takes) => takes === 'text');
}

function choiceArms(tree: readonly CompletionCommand[]): string[] {
  const arms = tree.flatMap(({ options }) =>
    options.flatMap(({ long, takes }) =>
      typeof takes === 'string'
        ? []
        : [`    ${long}) COMPREPLY=($(compgen -W "${takes.join(' ')}" -- "$cur")); return ;;`],
    ),
  );
  return [...new Set(arms)];
}
