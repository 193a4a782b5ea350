#!/usr/bin/env bash
# Measures our server and llama.cpp's own in turn on one model file and writes the result to bench/results.
#
#   bench/compare.sh --model FILE.gguf --theirs PATH/llama-server [--ours PATH/polargrid] [--rounds 3] [--scenario all] ...
#
# Every option of `LoadBench compare` is passed on; --help lists them. With --shape SHAPE instead of --model a model with
# random weights is made under bench/models first (--type q8_0 unless told otherwise).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
shape= type=q8_0 model= arguments=()
while (($#)); do
  case $1 in
    --shape) shape=${2:?--shape needs a value}; shift 2 ;;
    --type) type=${2:?--type needs a value}; shift 2 ;;
    --model) model=${2:?--model needs a value}; shift 2 ;;
    *) arguments+=("$1"); shift ;;
  esac
done

tool() {
  dotnet build "$here/PolarGrid.$1" --configuration Release --nologo --verbosity quiet -consoleLoggerParameters:"ErrorsOnly;NoSummary" >&2
  echo "$here/PolarGrid.$1/bin/Release/net10.0/PolarGrid.$1"
}

if [[ -n $shape ]]; then
  model=$here/models/$shape-$type.gguf
  maker=$(tool ModelMaker)
  [[ -f $model ]] || "$maker" --shape "$shape" --type "$type" --output "$model"
fi

# The bench ends its servers when it is told to end itself; so pass the signal on and wait for it.
bench=$(tool LoadBench)
"$bench" compare --results "$here/results" ${model:+--model "$model"} ${arguments[@]+"${arguments[@]}"} &
child=$!
trap 'kill -TERM "$child" 2>/dev/null || true' INT TERM
status=0
wait "$child" || status=$?
while kill -0 "$child" 2>/dev/null; do wait "$child" || status=$?; done
exit "$status"
