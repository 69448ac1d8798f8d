"""The predictor loaded afresh with some of its sources changed, beside the one that is imported, which nothing of this touches."""

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from contextlib import contextmanager
from pathlib import Path

EGRESS = Path(__file__).resolve().parents[2] / "orchestrator" / "egress"
_OURS = ("orchestrator.egress", "orchestrator.workflows", "tests.differential", "tests.egress", "tests.worked")


def read_patches(mutation):
    """{path below orchestrator/egress: its changed source}; a text that does not stand there exactly once is an error."""
    pairs = [(mutation["module"], mutation["old"], mutation["new"])]
    if "also" in mutation:
        pairs.append((mutation["module"], *mutation["also"]))
    if "also_in" in mutation:
        pairs.append((mutation["also_in"]["module"], mutation["also_in"]["old"], mutation["also_in"]["new"]))
    changed = {}
    for module, old, new in pairs:
        source = changed.get(module) or (EGRESS / module).read_text(encoding="utf-8")
        if source.count(old) != 1:
            raise LookupError(f"{module} has {source.count(old)} times (write the mutation anew for the code as it is): {old!r}")
        changed[module] = source.replace(old, new)
    return changed


class _Changed(importlib.abc.MetaPathFinder, importlib.machinery.SourceFileLoader):
    """Finds and loads one module from a changed source."""

    def __init__(self, path, source):
        self.module = ".".join(("orchestrator", "egress", *Path(path).with_suffix("").parts))
        self.source = source
        super().__init__(self.module, str(EGRESS / path))

    def find_spec(self, fullname, path=None, target=None):
        return importlib.util.spec_from_loader(fullname, self, origin=self.path) if fullname == self.module else None

    def get_code(self, fullname):
        return compile(self.source, self.path, "exec")


@contextmanager
def changed_predictor(patches):
    """While it lasts, importing the predictor (and what of the tests stands on it) gives the changed one."""
    finders = [_Changed(path, source) for path, source in patches.items()]
    kept = {name: sys.modules.pop(name) for name in list(sys.modules) if name.startswith(_OURS)}
    parents = {name: getattr(sys.modules.get(name.rpartition(".")[0]), name.rpartition(".")[2], None) for name in _OURS}
    sys.meta_path[:0] = finders
    try:
        yield
    finally:
        del sys.meta_path[: len(finders)]
        for name in [name for name in sys.modules if name.startswith(_OURS)]:
            del sys.modules[name]
        sys.modules.update(kept)
        for name, package in parents.items():
            if package is not None:
                setattr(sys.modules[name.rpartition(".")[0]], name.rpartition(".")[2], package)
