"""What the resources say of the flows that are probed, and the rows where the packets say otherwise: a failure of its own class."""

from dataclasses import dataclass, field, replace

from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.agreement import is_contradicted
from orchestrator.egress.endpoint_checks import DENIED_WORDS, say_observed
from orchestrator.egress.network.model import Network
from orchestrator.egress.probes.cluster_proxy import ClusterProxy
from orchestrator.egress.probes.jobs import Place
from orchestrator.egress.trace.flow import Origin
from orchestrator.egress.trace.hops import Hop, Step
from orchestrator.egress.trace.trace import Trace, trace_endpoint
from orchestrator.model.flows import Check, CheckStatus, Endpoint, Observation, Outcome

PREDICTION = "prediction"
_DECIDES = (Step.FIREWALL, Step.SECURITY_GROUP)


@dataclass(frozen=True, slots=True)
class Prediction:
    """What becomes of a flow. `allowed` None: not known; `outcome`: how a denial is seen; `words`: for a table; `decided_by`: the hop that decides."""

    allowed: bool | None
    outcome: Outcome | None
    words: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class Predictor:
    """Predicts flows of one cluster; each once. `proxy`: what its pods' requests go through, in place of the network."""

    network: Network
    knowledge: Knowledge
    cluster_id: str
    proxy: ClusterProxy | None = None
    _told: dict[tuple[Place, Endpoint], Prediction | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def predict(self, place: Place, endpoint: Endpoint) -> Prediction | None:
        """Of a flow from there; None where the resources have no such place."""
        key = (place, endpoint)
        if key not in self._told:
            self._told[key] = self._trace(place, endpoint)
        return self._told[key]

    def _trace(self, place: Place, endpoint: Endpoint) -> Prediction | None:
        url = None if self.proxy is None else self.proxy.find_url(endpoint)
        if url is not None:
            return Prediction(None, None, "not known: by the proxy", f"pods send it to the cluster's proxy {url}, behind which nothing is modelled")
        traces = trace_endpoint(self.network, self.knowledge, self.cluster_id, endpoint, Origin(place.network), place.pool)
        if not traces:
            return None
        if len({(trace.disposition.allowed, trace.disposition.outcome) for trace in traces}) > 1:
            return Prediction(None, None, "not known: the pools differ", "")
        return _read(traces[0])


def show_predicted(check: Check, prediction: Prediction | None, outcome: Outcome) -> Check:
    """The row, with the prediction beside what was observed."""
    return replace(check, predicted="" if prediction is None else prediction.words, outcome=outcome)


def check_prediction(prediction: Prediction | None, observation: Observation, *, promised: bool = True) -> Check | None:
    """The row of a disagreement; None where there is none. `promised`: the environment says that the other end is up."""
    if prediction is None or not is_contradicted(prediction.allowed, prediction.outcome, observation.outcome, promised=promised):
        return None
    observed = say_observed(observation)
    note = f"predicted {prediction.words}, observed {observed}; the prediction rests on: {prediction.decided_by}. {_advise(prediction, observation)}"
    return Check(PREDICTION, str(observation.endpoint), "as predicted", observed, CheckStatus.DISAGREES, note, prediction.words, observation.outcome)


def _read(trace: Trace) -> Prediction:
    disposition = trace.disposition
    decided = _say_hop(_find_deciding(trace))
    if disposition.allowed is None:
        return Prediction(None, None, "not known", "; ".join(disposition.reasons) or decided)
    if disposition.allowed:
        return Prediction(True, None, "reached", decided)
    outcome = disposition.outcome
    words = "not reached" if outcome is None else DENIED_WORDS.get(outcome, str(outcome))
    return Prediction(False, outcome, words, decided)


def _find_deciding(trace: Trace) -> Hop:
    """The last firewall or security group on the way, else the last hop."""
    return next((hop for hop in reversed(trace.hops) if hop.step in _DECIDES), trace.hops[-1])


def _say_hop(hop: Hop) -> str:
    segments = hop.resource_id.rstrip("/").split("/")
    resource = f" ({segments[-2]}/{segments[-1]})" if len(segments) > 1 else ""
    return f"{hop.step}: {hop.text}{resource}"


def _advise(prediction: Prediction, observation: Observation) -> str:
    if prediction.allowed:
        return "Is the other end up? If it is, something filters that is not among the resources, or a rule has not taken effect yet."
    if observation.outcome is Outcome.ALLOWED:
        return "Something lets it through that the resources do not show: a rule that was changed by hand, another way out, or a name with another address."
    return "It is denied elsewhere, or otherwise, than the resources say."
