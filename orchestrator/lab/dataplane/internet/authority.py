"""The certificate authority of the lab's internet: a certificate for every name that is asked for, made when it is asked. Only the lab's pods trust it.

The test hosts whose certificate is not to be trusted have theirs from a second authority, which is in no bundle.
"""

import datetime
import ssl
import tempfile
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from orchestrator.lab.dataplane.internet.test_hosts import UNTRUSTED

_DAYS = 30
_CACHED = 2000
_NAMELESS = "no-name.lab"


class Authority:
    """A root that lives as long as the data plane, and one server key for all names."""

    def __init__(self, name: str = "Lab internet root (only inside the lab)") -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._server_key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name(name)
        self._root = self._issue(self._name, self._key.public_key(), x509.BasicConstraints(ca=True, path_length=0), None)
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._stranger: Authority | None = None

    @property
    def bundle(self) -> bytes:
        """What a pod trusts, as PEM."""
        return self._root.public_bytes(serialization.Encoding.PEM)

    def server_context(self) -> ssl.SSLContext:
        """A context that shows each client a certificate for the name it asks for."""
        context = self._context_for(_NAMELESS)
        context.sni_callback = self._choose
        return context

    def _choose(self, connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        if name and name.lower() in UNTRUSTED:
            self._stranger = self._stranger or Authority("Lab stranger (no pod trusts it)")
            connection.context = self._stranger._context_for(name.lower())
        elif name:
            connection.context = self._context_for(name.lower())

    def _context_for(self, name: str) -> ssl.SSLContext:
        if name not in self._contexts:
            if len(self._contexts) >= _CACHED:
                self._contexts.clear()
            self._contexts[name] = self._make_context(name)
        return self._contexts[name]

    def _make_context(self, name: str) -> ssl.SSLContext:
        certificate = self._issue(_name(name[:64]), self._server_key.public_key(), x509.BasicConstraints(ca=False, path_length=None), name)
        key = self._server_key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["http/1.1"])
        with tempfile.TemporaryDirectory() as folder:  # the ssl module reads certificates from files only
            path = Path(folder) / "server.pem"
            path.touch(0o600)
            path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + key)
            context.load_cert_chain(path)
        return context

    def _issue(self, subject: x509.Name, key: ec.EllipticCurvePublicKey, constraints: x509.BasicConstraints, host: str | None) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=_DAYS))
            .add_extension(constraints, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
        )
        if host is not None:
            builder = builder.add_extension(x509.SubjectAlternativeName([_general_name(host)]), critical=False)
        return builder.sign(self._key, hashes.SHA256())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
