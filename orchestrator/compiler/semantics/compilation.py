"""The models of all files of one compilation: each file is read, bound and checked once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from orchestrator.compiler.artifacts.references import TEMPLATE_SUFFIXES
from orchestrator.compiler.artifacts.workspace import Workspace
from orchestrator.compiler.configuration import Configuration, find_configuration
from orchestrator.compiler.semantics.binder import Binder
from orchestrator.compiler.semantics.cycles import check_cycles
from orchestrator.compiler.semantics.declare import Declarer
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import Symbol
from orchestrator.compiler.semantics.template_models import open_template
from orchestrator.compiler.syntax.declarations import (
    FunctionDeclaration,
    ImportDeclaration,
    ModuleDeclaration,
    NamedDeclaration,
    OutputDeclaration,
    ResourceDeclaration,
)
from orchestrator.compiler.syntax.problems import Problems


@dataclass(slots=True, eq=False)
class ModelStore:
    """Makes models on demand, and runs `checks` on each; None for a file that is being made: a cycle of files.

    configuration: for every file, in place of those on the disk.
    """

    workspace: Workspace
    checks: tuple[Callable[[SemanticModel], None], ...]
    configuration: Configuration | None = None
    _models: dict[Path, SemanticModel | None] = field(default_factory=dict)
    _making: list[Path] = field(default_factory=list)
    _cyclic: set[Path] = field(default_factory=set)
    _configurations: dict[Path, Configuration] = field(default_factory=dict)

    def load(self, path: Path) -> SemanticModel | None:
        """The model of a file that exists."""
        if path in self._models:
            if path in self._making:
                self._cyclic.update(self._making[self._making.index(path) :])
            return self._models[path]
        self._models[path] = None
        if path.suffix in TEMPLATE_SUFFIXES:
            self._models[path] = self._load_template(path)
            return self._models[path]
        file = self.workspace.load(path)
        if file is None:
            return None
        model = SemanticModel(
            file, self.configuration or find_configuration(path.parent, self._configurations), Problems(file.source), workspace=self.workspace
        )
        self._making.append(path)
        Declarer(model, self.load).declare_all()
        self._making.pop()
        model.in_cycle = path in self._cyclic
        bind(model)
        check_cycles(model)
        for check in self.checks:
            check(model)
        self._models[path] = model
        return model

    def _load_template(self, path: Path) -> SemanticModel | None:
        """The model of an ARM template; what is strange in it is not the referring file's business."""
        model = open_template(path, self.workspace)
        if model is not None and model.document is not None:
            Declarer(model, self.load).declare_all()
            bind(model)
            model.problems.found.clear()
        return model

    @property
    def models(self) -> list[SemanticModel]:
        """All models made so far."""
        return [model for model in self._models.values() if model is not None]


def bind(model: SemanticModel) -> None:
    """Bind every statement of a file."""
    binder = Binder(model)
    for statement in model.statements:
        owner: Symbol | None = None
        if isinstance(statement, ImportDeclaration | ModuleDeclaration | ResourceDeclaration | FunctionDeclaration | NamedDeclaration):
            name = statement.name.name if isinstance(statement, NamedDeclaration) else ""
            found = model.outputs.get(name) if isinstance(statement, OutputDeclaration) else model.names.get(name)
            owner = found if isinstance(found, Symbol) and getattr(found, "declaration", None) is statement else None
        binder.bind(statement, owner)
