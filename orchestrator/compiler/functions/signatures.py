"""Signatures of Bicep's functions: `name(parameters) result`, in a small notation that is read once, at first use.

Parameters: s string, i int, b bool, o object, a array, n null, f lambda, * anything; `x|y` either; `?` behind one makes it optional, `...` behind the
last repeats it. A name that stands more than once has several overloads, which are tried in this order.
Results: the same letters, `s[]`, `x` for what cannot be said.
Source: learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions.
"""

from dataclasses import dataclass
from functools import cache

from orchestrator.compiler.types.values import ANY, ARRAY, BOOLEAN, INTEGER, NULL, OBJECT, STRING, STRINGS, ArrayType, LambdaType, Type, make_union

_SYS = """
any(*) x; concat(a...) a; concat(s|i|b...) s; format(s,*...?) s; base64(s) s; padLeft(s|i,i,s?) s; replace(s,s,s) s; toLower(s) s; toUpper(s) s
length(s|o) i; length(a) i; split(s,s|a) s[]; join(a,s) s; string(*) s; int(s|i) i; uniqueString(s...) s; guid(s...) s; trim(s) s; uri(s,s) s
substring(s,i,i?) s; take(a,i) a; take(s,i) s; skip(a,i) a; skip(s,i) s; empty(s|o|a|n) b; contains(o,s) b; contains(a,*) b; contains(s,s) b
intersection(o...) o; intersection(a...) a; union(o...) o; union(a...) a; shallowMerge(a) o; first(a) x; first(s) s; last(a) x; last(s) s
indexOf(s,s) i; indexOf(a,*) i; lastIndexOf(s,s) i; lastIndexOf(a,*) i; startsWith(s,s) b; endsWith(s,s) b; distinct(a) a; like(s,s) b
min(i...) i; min(a) i; max(i...) i; max(a) i; range(i,i) i[]
base64ToString(s) s; base64ToJson(s) x; uriComponentToString(s) s; uriComponent(s) s; dataUriToString(s) s; dataUri(*) s; array(*) a; bool(s|i|b) b
json(s) x; dateTimeAdd(s,s,s?) s; dateTimeToEpoch(s) i; dateTimeFromEpoch(i) s; utcNow(s?) s; newGuid() s; loadTextContent(s,s?) s
loadFileAsBase64(s) s; loadJsonContent(s,s?,s?) x; loadYamlContent(s,s?,s?) x; loadDirectoryFileInfo(s,s?) a; items(o) a; objectKeys(o) s[]
flatten(a) a; filter(a,f) a; map(a,f) a; mapValues(o,f) o; sort(a,f) a; reduce(a,*,f) x; toObject(a,f,f?) o; groupBy(a,f,f?) o; nameof(*) s; fail(s) x
cidrSubnet(s,i,i) s; cidrHost(s,i) s; parseCidr(s) o; buildUri(o) s; parseUri(s) o
"""
_AZ = """
tenant() o; managementGroup(s?) o; subscription(s?) o; resourceGroup(s?,s?) o; deployment() o; deployer() o; environment() o; resourceId(s,s...) s
subscriptionResourceId(s,s...) s; tenantResourceId(s,s...) s; extensionResourceId(s,s,s...) s; managementGroupResourceId(s,s...) s
roleDefinitions(s) o; providers(s,s?) o; toLogicalZone(s,s,s) s; toLogicalZones(s,s,a) a; toPhysicalZone(s,s,s) s; toPhysicalZones(s,s,a) a
pickZones(s,s,s,i?,i?) a; reference(s,s?,s?) x; getSecret(s,s,s,s,s?) s
"""
_PARAMETERS_FILE = "readEnvironmentVariable(s,s?) s; readEnvVar(s,s?) s; readCliArg(s) s; externalInput(s,*?) x; getSecret(s,s,s,s,s?) s"
INLINED = frozenset(("reference", "toLogicalZone", "toLogicalZones", "toPhysicalZone", "toPhysicalZones"))
"""Functions whose value is known only while a deployment runs: a variable that uses one is no template variable."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A function: its parameters' types, how many are needed, whether the last repeats, and its result."""

    name: str
    parameters: tuple[Type, ...]
    required: int
    variadic: bool
    result: Type

    def accepts(self, count: int) -> bool:
        """True for that many arguments."""
        return self.required <= count and (self.variadic or count <= len(self.parameters))

    def parameter(self, index: int) -> Type:
        """The type of the argument at that place."""
        return self.parameters[min(index, len(self.parameters) - 1)]


_TYPES: dict[str, Type] = {
    "s": STRING,
    "i": INTEGER,
    "b": BOOLEAN,
    "o": OBJECT,
    "a": ARRAY,
    "f": LambdaType(),
    "*": ANY,
    "n": NULL,
    "x": ANY,
    "s[]": STRINGS,
    "i[]": ArrayType(INTEGER),
}


def _read_type(notation: str) -> Type:
    return make_union(tuple(_TYPES[part] for part in notation.split("|"))) if "|" in notation else _TYPES[notation]


def _read(entry: str) -> Signature:
    name, _, rest = entry.partition("(")
    parameters, _, result = rest.partition(") ")
    parts = [part for part in parameters.split(",") if part]
    variadic = bool(parts) and "..." in parts[-1]
    required = sum(not part.endswith("?") for part in parts)
    return Signature(name, tuple(_read_type(part.rstrip(".?")) for part in parts), required, variadic, _read_type(result))


Overloads = tuple[Signature, ...]


def _table(text: str) -> dict[str, Overloads]:
    found: dict[str, Overloads] = {}
    for entry in filter(str.strip, text.replace("\n", "; ").split(";")):
        signature = _read(entry.strip())
        found[signature.name] = (*found.get(signature.name, ()), signature)
    return found


@cache
def functions_of(namespace: str) -> dict[str, Overloads]:
    """The functions of `sys` or `az`, or those of a parameters file only (`params`)."""
    return _table({"sys": _SYS, "az": _AZ, "params": _PARAMETERS_FILE}[namespace])


def functions_by_namespace(namespace: str, *, parameters_file: bool) -> dict[str, Overloads]:
    """What may be written behind `sys.` or `az.`."""
    if not parameters_file:
        return functions_of(namespace)
    return {**functions_of("sys"), **functions_of("params")} if namespace == "sys" else {"getSecret": functions_of("params")["getSecret"]}


def find_overloads(name: str, *, parameters_file: bool) -> Overloads:
    """What a function of that name may be given, empty for none; any `list*` is one."""
    for namespace in ("sys", "params") if parameters_file else ("sys", "az"):
        if name in functions_of(namespace):
            return functions_of(namespace)[name]
    if name.startswith("list") and not parameters_file:
        return (Signature(name, (STRING, STRING, OBJECT), 2, False, ANY),)
    return ()


def function_names(*, parameters_file: bool) -> list[str]:
    """All names, for `did you mean`."""
    return [name for namespace in ("sys", "params" if parameters_file else "az") for name in functions_of(namespace)]
