"""Only what Twilio signed for our address passes; Twilio's own validator signs here, and its published examples do."""

import hashlib
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import HMAC_SHA256, RequestValidator

from voicebot.errors import CarrierSignatureError, SettingsError
from voicebot.telephony.signature import Pairs, Signatures

TOKEN = "12345"
BASE = "https://voicebot.example.jp"
TARGET = "/twilio/voice?city=minato&empty=&q=%E6%B8%AF+%2B%20%7e"
PARAMS = [("CallSid", "CA1"), ("From", "+815000000000"), ("Unknown", ""), ("SpeechResult", " はい ")]
SHARED = {"webhooks_sharedkey_1": "secret one", "webhooks_sharedkey_2": "secret two"}


class Repeating:
    """Parameters as a framework's multi-dict gives them to Twilio's validator."""

    def __init__(self, pairs: Pairs) -> None:
        self.pairs = pairs

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter([name for name, _ in self.pairs])

    def getlist(self, name: str) -> list[str]:
        """Every value of the name."""
        return [value for key, value in self.pairs if key == name]


def signed(url: str, params: Pairs = (), secret: str = TOKEN, key: str = "") -> dict[str, str]:
    """The headers that Twilio adds to a request for this address."""
    algorithm = HMAC_SHA256 if key else None
    headers = {"x-twilio-signature": RequestValidator(secret).compute_signature(url, Repeating(params), algorithm)}
    if key:
        headers["X-Twilio-Webhooks-Signature-Settings"] = f"key={key},algorithm={HMAC_SHA256}"
    return headers


@pytest.fixture
def signatures() -> Signatures:
    """Ours, with one account token and two shared keys."""
    return Signatures(TOKEN, SHARED, BASE)


def refusal(
    signatures: Signatures, target: str, params: Pairs | str, headers: Mapping[str, str] | Pairs, socket: bool = False
) -> str:
    """The code with which the request is refused."""
    try:
        if socket:
            signatures.check_socket(target, headers)
        else:
            signatures.check_webhook(target, params, headers)
    except CarrierSignatureError as error:
        return error.code
    pytest.fail("the request was accepted")


@pytest.mark.parametrize(
    ("base", "number", "signature"),
    [
        ("https://example.com", "+14158675310", "L/OH5YylLD5NRKLltdqwSvS0BnU="),
        ("https://mycompany.com", "+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("https://mycompany.com", "+12349013030", "0/KCTR6DLpKmkAf8muzZqo1nDgQ="),
    ],
)
def test_published_signatures_are_accepted(base: str, number: str, signature: str) -> None:
    """The first is the example of Twilio's page; a changed digit is refused."""
    signatures = Signatures("12345", {}, base)
    params = [
        ("CallSid", "CA1234567890ABCDE"),
        ("Caller", number),
        ("Digits", "1234"),
        ("From", number),
        ("To", "+18005551212"),
    ]
    target = "/myapp.php?foo=1&bar=2"
    signatures.check_webhook(target, params, {"X-Twilio-Signature": signature})
    wrong = [*params[:2], ("Digits", "1235"), *params[3:]]
    assert refusal(signatures, target, wrong, {"X-Twilio-Signature": signature}) == "carrier.signature_wrong"


def test_a_webhook_is_accepted_with_all_its_parameters(signatures: Signatures) -> None:
    """Unknown, empty and blank-edged ones, a query string byte for byte, headers as mapping or as pairs."""
    headers = signed(BASE + TARGET, PARAMS)
    signatures.check_webhook(TARGET, PARAMS, headers)
    signatures.check_webhook(TARGET, PARAMS, list(headers.items()))
    signatures.check_webhook(TARGET, list(reversed(PARAMS)), headers)


def test_a_get_request_is_accepted(signatures: Signatures) -> None:
    """Its parameters are in the address."""
    signatures.check_webhook(TARGET, (), signed(BASE + TARGET))


@pytest.mark.parametrize(
    "params",
    [
        PARAMS[:-1],
        [*PARAMS, ("Digits", "0")],
        [*PARAMS[:-1], ("SpeechResult", "はい")],
        [pair for pair in PARAMS if pair[1]],
        [*PARAMS[:1], ("From", "+815000000001"), *PARAMS[2:]],
        [*PARAMS, ("From", "+815000000001")],
        [*PARAMS, ("\ud800", "\udc00")],
        (),
    ],
)
def test_tampered_parameters_are_refused(signatures: Signatures, params: Pairs) -> None:
    """Added, removed, trimmed, filtered, changed, repeated."""
    assert refusal(signatures, TARGET, params, signed(BASE + TARGET, PARAMS)) == "carrier.signature_wrong"


@pytest.mark.parametrize(
    "target",
    [
        "/twilio/voice",
        TARGET.replace("%7e", "~"),
        TARGET.replace("+", "%20", 1),
        TARGET.replace("&empty=", ""),
        TARGET.replace("/voice", "/voice/"),
        f"{TARGET}&x=1",
        TARGET.replace("/twilio", "//twilio"),
    ],
)
def test_another_address_is_refused(signatures: Signatures, target: str) -> None:
    """Also when it means the same: the bytes are what was signed."""
    assert refusal(signatures, target, PARAMS, signed(BASE + TARGET, PARAMS)) == "carrier.signature_wrong"


@pytest.mark.parametrize(
    "target",
    ["", "twilio/voice", "@evil.example/x", ":99999/", f"{BASE}/x", "/港", "/a b", "/a\n", "/a\tb", "/a#b", "*"],
)
def test_what_is_no_target_is_refused(signatures: Signatures, target: str) -> None:
    """It could change the host or be read in two ways; refused before anything is computed."""
    assert refusal(signatures, target, (), signed(BASE + target)) == "carrier.bad_target"
    assert refusal(signatures, target, (), signed(BASE + target), socket=True) == "carrier.bad_target"


def test_repeated_parameters_are_signed_with_every_value(signatures: Signatures) -> None:
    """Each value counts, in any order; one that is lost is noticed."""
    params = [("MediaUrl", "b"), ("MediaUrl", "a"), ("To", "")]
    headers = signed(BASE + TARGET, params)
    signatures.check_webhook(TARGET, params, headers)
    signatures.check_webhook(TARGET, params[::-1], headers)
    assert refusal(signatures, TARGET, params[1:], headers) == "carrier.signature_wrong"


@pytest.mark.parametrize("port", ["", ":443"])
def test_the_standard_port_may_be_written_or_not(signatures: Signatures, port: str) -> None:
    """Twilio's backends do either."""
    signatures.check_webhook(TARGET, PARAMS, signed(BASE + port + TARGET, PARAMS))


def test_another_port_belongs_to_the_address() -> None:
    """It is signed as configured."""
    signatures = Signatures(TOKEN, {}, f"{BASE}:8443")
    signatures.check_webhook(TARGET, PARAMS, signed(f"{BASE}:8443{TARGET}", PARAMS))
    assert refusal(signatures, TARGET, PARAMS, signed(f"{BASE}:9443{TARGET}", PARAMS)) == "carrier.signature_wrong"


@pytest.mark.parametrize("target", ["/twilio/voice", "/bot/twilio/voice"])
@pytest.mark.parametrize("base", [f"{BASE}/bot", f"{BASE}/bot/"])
def test_a_proxy_may_keep_or_cut_the_prefix(base: str, target: str) -> None:
    """Twilio signed the public address; what reaches us depends on the proxy."""
    signatures = Signatures(TOKEN, {}, base)
    signatures.check_webhook(target, PARAMS, signed(f"{BASE}/bot/twilio/voice", PARAMS))
    signatures.check_socket(target, signed("wss://voicebot.example.jp/bot/twilio/voice"))
    assert refusal(signatures, target, PARAMS, signed(f"{BASE}/twilio/voice", PARAMS)) == "carrier.signature_wrong"


def test_a_host_header_changes_nothing(signatures: Signatures) -> None:
    """Neither a stranger's nor a proxy's; only the configured address counts."""
    strange = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"}
    signatures.check_webhook(TARGET, PARAMS, {**strange, **signed(BASE + TARGET, PARAMS)})
    headers = {**strange, **signed(f"https://evil.example{TARGET}", PARAMS)}
    assert refusal(signatures, TARGET, PARAMS, headers) == "carrier.signature_wrong"


@pytest.mark.parametrize("headers", [{}, {"X-Twilio-Signature": ""}, [("Content-Type", "text/plain")]])
def test_a_request_without_signature_is_refused(signatures: Signatures, headers: Mapping[str, str] | Pairs) -> None:
    """Over both doors."""
    assert refusal(signatures, TARGET, PARAMS, headers) == "carrier.signature_missing"
    assert refusal(signatures, "/twilio/media", (), headers, socket=True) == "carrier.signature_missing"


@given(st.text(st.characters(codec=None)), st.text(st.characters(codec=None)))
def test_strange_headers_are_refused_by_our_error_only(signature: str, settings: str) -> None:
    """Whatever a stranger writes into them."""
    headers = {"X-Twilio-Signature": signature, "X-Twilio-Webhooks-Signature-Settings": settings}
    assert refusal(Signatures(TOKEN, SHARED, BASE), TARGET, PARAMS, headers).startswith("carrier.signature_")


def with_hash(body: str) -> str:
    """The target of a JSON request."""
    return f"/twilio/json?bodySHA256={hashlib.sha256(body.encode()).hexdigest()}"


def test_a_json_body_is_checked_by_its_hash(signatures: Signatures) -> None:
    """The address is signed and holds the hash of the raw body."""
    body = '{"name": "港"}'
    headers = signed(BASE + with_hash(body))
    signatures.check_webhook(with_hash(body), body, headers)
    assert refusal(signatures, with_hash(body), body + " ", headers) == "carrier.signature_wrong"
    assert refusal(signatures, with_hash("{}"), "{}", headers) == "carrier.signature_wrong"
    assert refusal(signatures, with_hash(body), "\ud800", headers) == "carrier.signature_wrong"


@pytest.mark.parametrize("target", ["/twilio/json", "/twilio/json?bodySHA256=", "/twilio/json?x=bodySHA256"])
def test_a_json_body_without_hash_is_refused(signatures: Signatures, target: str) -> None:
    """Else any body could be put under a signed address."""
    assert refusal(signatures, target, "{}", signed(BASE + target)) == "carrier.body_not_signed"


@pytest.mark.parametrize("key", SHARED)
def test_shared_keys_are_accepted(signatures: Signatures, key: str) -> None:
    """The header names the key; the algorithm is HMAC-SHA256; sockets may be signed in the same way."""
    signatures.check_webhook(TARGET, PARAMS, signed(BASE + TARGET, PARAMS, SHARED[key], key))
    signatures.check_socket("/twilio/media", signed("wss://voicebot.example.jp/twilio/media", (), SHARED[key], key))


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("key=webhooks_sharedkey_9,algorithm=HMAC_SHA256", "carrier.signature_key"),
        ("key=webhooks_sharedkey_2,algorithm=HMAC_SHA256", "carrier.signature_wrong"),
        ("key=webhooks_sharedkey_1", "carrier.signature_wrong"),
        ("key=webhooks_sharedkey_1,algorithm=HMAC_SHA1", "carrier.signature_wrong"),
        ("key=webhooks_sharedkey_1,algorithm=HMAC_MD5", "carrier.signature_algorithm"),
        ("algorithm=HMAC_SHA256", "carrier.signature_wrong"),
        ("nonsense", "carrier.signature_wrong"),
        ("", "carrier.signature_wrong"),
    ],
)
def test_wrong_shared_key_settings_are_refused(signatures: Signatures, settings: str, code: str) -> None:
    """Unknown key, the other key, another algorithm than was used, or none."""
    headers = signed(BASE + TARGET, PARAMS, SHARED["webhooks_sharedkey_1"], "webhooks_sharedkey_1")
    headers["X-Twilio-Webhooks-Signature-Settings"] = settings
    assert refusal(signatures, TARGET, PARAMS, headers) == code


def test_blanks_in_the_settings_header_do_no_harm(signatures: Signatures) -> None:
    """`key = x , algorithm = y` is read as well."""
    headers = signed(BASE + TARGET, PARAMS, SHARED["webhooks_sharedkey_1"], "webhooks_sharedkey_1")
    headers["X-Twilio-Webhooks-Signature-Settings"] = " key = webhooks_sharedkey_1 , algorithm = hmac_sha256 "
    signatures.check_webhook(TARGET, PARAMS, headers)


@pytest.mark.parametrize("target", ["/twilio/media", "/twilio/media/"])
@pytest.mark.parametrize("signed_path", ["/twilio/media", "/twilio/media/"])
def test_a_socket_is_accepted_over_its_wss_address(signatures: Signatures, target: str, signed_path: str) -> None:
    """With or without the slash that Twilio adds at times, whichever the router shows us."""
    signatures.check_socket(target, signed(f"wss://voicebot.example.jp{signed_path}"))


@pytest.mark.parametrize(
    "url",
    [
        "https://voicebot.example.jp/twilio/media",
        "ws://voicebot.example.jp/twilio/media",
        "wss://evil.example/twilio/media",
        "wss://voicebot.example.jp/twilio/media//",
        "wss://voicebot.example.jp/twilio/other",
    ],
)
def test_a_socket_signed_over_another_address_is_refused(signatures: Signatures, url: str) -> None:
    """A webhook's signature opens no socket."""
    assert refusal(signatures, "/twilio/media", (), signed(url), socket=True) == "carrier.signature_wrong"


def test_a_socket_s_signature_opens_no_webhook(signatures: Signatures) -> None:
    """The scheme is part of what was signed."""
    headers = signed("wss://voicebot.example.jp/twilio/media")
    assert refusal(signatures, "/twilio/media", (), headers) == "carrier.signature_wrong"


def test_a_development_server_uses_ws() -> None:
    """On loopback there is no TLS."""
    signatures = Signatures(TOKEN, {}, "http://127.0.0.1:8080")
    signatures.check_socket("/twilio/media", signed("ws://127.0.0.1:8080/twilio/media"))
    signatures.check_webhook("/twilio/voice", PARAMS, signed("http://127.0.0.1:8080/twilio/voice", PARAMS))


@pytest.mark.parametrize(
    ("token", "keys", "url"),
    [("", {}, BASE), (TOKEN, {"k": ""}, BASE), (TOKEN, {}, ""), (TOKEN, {}, "voicebot.example.jp")],
)
def test_empty_secrets_and_addresses_are_refused(token: str, keys: dict[str, str], url: str) -> None:
    """With an empty secret everybody could sign."""
    with pytest.raises(SettingsError, match="VOICEBOT_"):
        Signatures(token, keys, url)


def test_errors_hold_no_secret_and_no_parameter(signatures: Signatures) -> None:
    """They end up in logs."""
    with pytest.raises(CarrierSignatureError) as caught:
        signatures.check_webhook(TARGET, PARAMS, {"X-Twilio-Signature": "abc"})
    assert not any(secret in caught.value.message for secret in (TOKEN, "8150", "minato", "abc", "はい"))


@given(st.lists(st.tuples(st.text(), st.text())))
def test_what_twilio_signs_is_accepted(params: list[tuple[str, str]]) -> None:
    """Any parameters, repeated, empty, in any script."""
    Signatures(TOKEN, {}, BASE).check_webhook(TARGET, params, signed(BASE + TARGET, params))
