"""The Bicep language without a deployment: compile, lint, format, and the drop-in CLI."""

from invoke.collection import Collection
from invoke.context import Context
from invoke.tasks import task

from orchestrator.tasks.calling import ENVS, behind_dashes, run


@task(help={"env": ENVS, "compiler": "ours (the default) or official: the Bicep CLI from BICEP, PATH or az", "compare": "show where the two compilers differ"})
def build(_: Context, env: str = "", compiler: str = "ours", compare: bool = False) -> None:
    """Compile Bicep to ARM JSON: out/<env>/template.json and parameters.json. Needs no login and no lab: ./inv build --env udr"""
    run("build", env, compiler, compare=compare)


@task(help={"env": ENVS, "sarif": "write a SARIF report to this file; - is stdout"})
def lint(_: Context, env: str = "", sarif: str = "") -> None:
    """Show what compiler and linter find in the project's Bicep files, an environment's, or those that are named: ./inv lint -- bicep/topologies"""
    run("lint", env, behind_dashes(), sarif)


@task(name="format", help={"check": "write nothing; status 1 where a file would change"})
def format_bicep(_: Context, check: bool = False) -> None:
    """Format the project's Bicep files, or those that are named: ./inv format -- bicep/modules/aks.bicep"""
    run("format", behind_dashes(), check=check)


@task(default=True)
def cli(_: Context) -> None:
    """Run our Bicep CLI, with the official one's commands and options: ./inv bicep -- build main.bicep --stdout (docs/bicep.md)"""
    run("bicep_cli", behind_dashes())


@task(help={"directory": "where; a folder on PATH", "generator": "stamp templates as NAME/VERSION, such as bicep/0.49.2.45890"})
def install(_: Context, directory: str = "", generator: str = "") -> None:
    """Write a `bicep` that is our CLI into a folder, for az, editors and pipelines: ./inv bicep.install --directory ~/.local/bin"""
    run("bicep_install", directory, generator)


tasks = (build, lint, format_bicep)
namespace = Collection("bicep", cli, install)
