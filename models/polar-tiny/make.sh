#!/bin/sh
# Repeats polar-tiny from nothing: tokenizer, training, GGUF, evaluation cases.
# Usage: ./make.sh [arguments of train.py], for example ./make.sh --tokens 3000000
set -eu
cd "$(dirname "$0")"

python=/usr/bin/python3
if ! "$python" -c 'import torch, numpy, regex, matplotlib' 2>/dev/null; then
    sudo=$( [ "$(id -u)" = 0 ] || echo sudo )
    $sudo apt-get update
    # Debian's default BLAS is generic; OpenBLAS makes the training several times faster.
    $sudo apt-get install -y --no-install-recommends python3-torch python3-regex python3-matplotlib libopenblas0-pthread
fi

# One thread per process (train.py starts one process per core), and memory that is kept between steps.
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
export MALLOC_MMAP_THRESHOLD_=4000000000 MALLOC_TRIM_THRESHOLD_=8000000000 MALLOC_TOP_PAD_=67108864

"$python" train.py "$@"
"$python" export.py
"$python" plot.py
"$python" make_cases.py --prompts held_out_prompts.txt
echo "Serve polar-tiny-q8_0.gguf, then run: $python evaluate.py --base-url http://127.0.0.1:8080/v1 --key KEY"
