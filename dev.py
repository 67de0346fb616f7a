#!/usr/bin/env python3
"""Everyday commands; each installs what it needs first. Needs only Python 3.11 or newer.

python3 dev.py demo         install sijill here and run it on the demo report
python3 dev.py test         install everything and run the tests (-k, -x … go on to pytest)
python3 dev.py check        ruff and mypy
python3 dev.py lexicon      check every lexicon and rule file
python3 dev.py score        accuracy on the gold records beside this checkout
python3 dev.py linking      places and dates of reports tied to known incidents, beside this checkout
python3 dev.py incidents    the same reports brought together as incidents
python3 dev.py bench        speed and accuracy, as a table
python3 dev.py peers        dates, numbers, figures and events beside other tools, which it fetches
python3 dev.py compiled     build the compiled wheel, and hold its readings and speed against plain Python
python3 dev.py schema       write docs/reference/ from the code
python3 dev.py read FILE    the same as `sijill read FILE`
"""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TOOLS = ROOT / ".tools"
COMPILED = TOOLS / "compiled"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def run(*command: str | Path, check: bool = True) -> int:
    """Run a command in the project folder; stop with its exit code when it fails."""
    code = subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode
    if check and code:
        sys.exit(code)
    return code


def apt_install(*packages: str) -> bool:
    """Install Debian packages where that is possible; say so where it is not."""
    if not shutil.which("apt-get"):
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"] if shutil.which("sudo") else None
    if sudo is None:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]):
        if subprocess.run([*sudo, *command], env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            return False
    return True


def uv() -> str:
    """The path of uv; installed into .tools where the machine has none."""
    found = shutil.which("uv")
    if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
        return found
    own = TOOLS / "bin" / "uv"
    if not own.exists():
        # A Debian python3 without python3-venv makes an environment without pip, or none at all.
        if subprocess.run([sys.executable, "-m", "venv", TOOLS], capture_output=True, check=False).returncode:
            shutil.rmtree(TOOLS, ignore_errors=True)
            print("installing python3-venv …", file=sys.stderr)
            if not apt_install("python3-venv"):
                sys.exit("dev.py: Python's venv module is missing; install the package python3-venv, or uv, and run this again")
            run(sys.executable, "-m", "venv", TOOLS)
        run(TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv")
    return str(own)


def install(*, development: bool, peers: bool = False, readers: bool = False, spark: bool = False, check: bool = True) -> None:
    """Make .venv and install sijill into it, with the development tools, and the tools it is compared with, if asked."""
    if sys.version_info < (3, 11):  # noqa: UP036 — this script is what tells people
        sys.exit("dev.py: sijill needs Python 3.11 or newer")
    tool = uv()
    if not PYTHON.exists():
        run(tool, "venv", "--quiet", "--python", sys.executable, VENV)
    group = ["--group", "dev"] if development else []
    group += ["--group", "peers"] if peers else []
    group += ["--group", "readers"] if readers else []
    group += ["--group", "spark"] if spark else []
    constraints = ("--constraint", ROOT / "constraints.txt")
    run(tool, "pip", "install", "--quiet", "--python", PYTHON, *constraints, "--editable", ROOT, *group, check=check)


def browser() -> None:
    """See that there is a browser for the browser tests; without one they skip, and fail where CI is set."""
    if os.environ.get("SIJILL_CHROMIUM") or any(map(shutil.which, BROWSERS)):
        return
    print("installing chromium for the browser tests …", file=sys.stderr)
    if not apt_install("chromium"):
        print("no browser could be installed: the browser tests will be skipped", file=sys.stderr)


def postgresql() -> None:
    """See that there is PostgreSQL for the tests of the store; without it they skip, and fail where CI is set."""
    if shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        return
    print("installing postgresql for the tests of the store …", file=sys.stderr)
    if not apt_install("postgresql"):
        print("PostgreSQL could not be installed: its tests will be skipped", file=sys.stderr)


def pango() -> None:
    """See that PDF files can be made, the same each time: weasyprint sets type with the Pango of the system.

    Without HarfBuzz's subsetter it cuts fonts in another way, which writes the time of day into them.
    """
    there = "import ctypes.util, sys, weasyprint; sys.exit(ctypes.util.find_library('harfbuzz-subset') is None)"
    if subprocess.run([PYTHON, "-c", there], capture_output=True, check=False).returncode:
        print("installing pango for the tests of PDF files …", file=sys.stderr)
        if not apt_install("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"):
            print("Pango could not be installed: the tests of PDF files will be skipped", file=sys.stderr)


def readers() -> None:
    """Install what reads our exports in the tests. It is compiled against ICU; without it its tests skip, and fail where CI is set."""
    if subprocess.run([PYTHON, "-c", "import followthemoney"], capture_output=True, check=False).returncode == 0:
        return
    headers = Path(sysconfig.get_path("include"), "Python.h").exists()
    if not (shutil.which("g++") and shutil.which("pkg-config") and run("pkg-config", "--exists", "icu-i18n", check=False) == 0 and headers):
        print("installing libicu-dev for the tests of exports …", file=sys.stderr)
        apt_install("libicu-dev", "pkg-config", "g++", "python3-dev")
    install(development=True, readers=True, check=False)


def java() -> bool:
    """Whether there is a Java that Spark runs on."""
    found = shutil.which("java")
    if not found:
        return False
    said = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    return version is not None and int(version[1]) >= 17


def spark() -> None:
    """Install what reads at scale on Spark in the tests; without it, or without Java, these skip, and fail where CI is set."""
    if not java():
        print("installing Java for the tests of Spark …", file=sys.stderr)
        if not apt_install("openjdk-17-jre-headless"):
            print("Java could not be installed: the tests of Spark will be skipped", file=sys.stderr)
    if subprocess.run([PYTHON, "-c", "import pyspark"], capture_output=True, check=False).returncode:
        print("installing pyspark for the tests of Spark …", file=sys.stderr)
        install(development=True, spark=True, check=False)


def compiler() -> None:
    """See that there are a C compiler and the headers of Python, for the compiled wheel; nothing else needs them."""

    def missing() -> bool:
        headers = Path(sysconfig.get_path("include"), "Python.h").exists()
        return not (shutil.which(os.environ.get("CC", "cc")) and headers)

    if missing():
        print("installing a C compiler for the compiled wheel …", file=sys.stderr)
        apt_install("gcc", "libc6-dev", "python3-dev")
    if missing():
        sys.exit("dev.py: the compiled wheel needs a C compiler and Python's headers; install gcc and python3-dev, and run this again")


def compiled() -> int:
    """Build the compiled wheel, install it apart from .venv, see that it reads as plain Python does, byte for byte, and how fast."""
    install(development=True)
    compiler()
    shutil.rmtree(COMPILED, ignore_errors=True)
    tool, python = uv(), COMPILED / "venv" / "bin" / "python"
    # By way of the source package: what is compiled in the checkout would be left there, and be loaded instead of the source.
    run(tool, "build", "--quiet", "--sdist", "--out-dir", COMPILED, ROOT)
    (source,) = COMPILED.glob("*.tar.gz")
    os.environ["HATCH_BUILD_HOOK_ENABLE_MYPYC"] = "1"
    run(tool, "build", "--wheel", "--python", sys.executable, "--out-dir", COMPILED, source)
    (wheel,) = COMPILED.glob("*.whl")
    run(tool, "venv", "--quiet", "--python", sys.executable, COMPILED / "venv")
    run(tool, "pip", "install", "--quiet", "--python", python, "--constraint", ROOT / "constraints.txt", wheel)
    if run(python, "-c", "import sys, sijill.pipeline as it; sys.exit(it.__file__.endswith('.py'))", check=False):
        sys.exit("dev.py: the wheel was built, and nothing in it is compiled")
    plain, other = COMPILED / "plain.jsonl", COMPILED / "compiled.jsonl"
    run(PYTHON, "-m", "benchmark", "readings", "--out", plain)
    run(python, "-m", "benchmark", "readings", "--out", other)
    if not filecmp.cmp(plain, other, shallow=False):
        sys.exit(f"dev.py: the compiled reader reads otherwise: compare {plain} and {other}")
    print(f"the same readings, byte for byte; {wheel}, {wheel.stat().st_size / 1_000_000:.1f} MB")
    return run(python, "-m", "benchmark", "speed", check=False)


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(__doc__)
        return 0
    task, *rest = arguments
    match task:
        case "demo":
            install(development=False)
            return run(PYTHON, "-m", "sijill", "demo", *rest, check=False)
        case "read" | "explain":
            install(development=False)
            return run(PYTHON, "-m", "sijill", task, *rest, check=False)
        case "lexicon":
            install(development=False)
            return run(PYTHON, "-m", "sijill", "lexicon", "check", check=False)
        case "test":
            install(development=True)
            browser()
            postgresql()
            pango()
            readers()
            spark()
            return run(PYTHON, "-m", "pytest", *(rest or ["-n", "auto"]), check=False)
        case "check":
            install(development=True)
            run(PYTHON, "-m", "ruff", "check", ".")
            run(PYTHON, "-m", "ruff", "format", "--check", ".")
            return run(PYTHON, "-m", "mypy", check=False)
        case "format":
            install(development=True)
            run(PYTHON, "-m", "ruff", "check", "--fix", ".", check=False)
            return run(PYTHON, "-m", "ruff", "format", ".")
        case "score":
            install(development=True)
            return run(PYTHON, "-m", "benchmark", "accuracy", *rest, check=False)
        case "linking" | "incidents":
            install(development=True)
            return run(PYTHON, "-m", "benchmark", task, *rest, check=False)
        case "bench":
            install(development=True)
            return run(PYTHON, "-m", "benchmark", *rest, check=False)
        case "peers":
            install(development=True, peers=True)
            return run(PYTHON, "-m", "benchmark", "peers", *rest, check=False)
        case "compiled":
            return compiled()
        case "schema":
            install(development=True)
            return run(PYTHON, ROOT / "scripts" / "build_reference.py", check=False)
    print(f"dev.py: no task {task!r}; see python3 dev.py --help", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
