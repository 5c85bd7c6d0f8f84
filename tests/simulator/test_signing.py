"""The carrier's signature."""

import pytest
from twilio.request_validator import RequestValidator, get_signature_algorithm

from voicebot.simulator.signing import SharedKey, Signer

PARAMS = {"CallSid": "CA1234567890ABCDE", "Digits": "1234", "To": "+18005551212"}
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"


@pytest.mark.parametrize(
    ("url", "number", "signature"),
    [
        ("https://example.com/myapp.php?foo=1&bar=2", "+14158675310", "L/OH5YylLD5NRKLltdqwSvS0BnU="),
        (URL, "+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        (URL, "+12349013030", "0/KCTR6DLpKmkAf8muzZqo1nDgQ="),
    ],
)
def test_twilios_published_example_and_its_neighbours_come_out_the_same(url: str, number: str, signature: str) -> None:
    """The first is printed on Twilio's page on webhook security."""
    params = {**PARAMS, "Caller": number, "From": number}
    assert Signer("12345").headers(url, params) == {"x-twilio-signature": signature}


def test_a_tampered_signature_differs_and_has_the_same_length() -> None:
    """Only the signature is wrong."""
    right = Signer("12345").headers(URL, PARAMS)["x-twilio-signature"]
    wrong = Signer("12345").headers(URL, PARAMS, tampered=True)["x-twilio-signature"]
    assert right != wrong
    assert len(right) == len(wrong)
    assert not RequestValidator("12345").validate(URL, PARAMS, wrong)


def test_a_shared_key_signs_with_sha256_and_says_so() -> None:
    """Twilio's library takes the algorithm from the header."""
    headers = Signer("12345", SharedKey("key1", "another secret")).headers(URL, PARAMS)
    settings = headers["x-twilio-webhooks-signature-settings"]
    assert settings == "key=key1,algorithm=HMAC_SHA256"
    validator = RequestValidator("another secret")
    assert validator.validate(URL, PARAMS, headers["x-twilio-signature"], get_signature_algorithm(settings))


def test_the_secret_is_not_shown() -> None:
    """Not even in a repr."""
    assert "another secret" not in repr(SharedKey("key1", "another secret"))
