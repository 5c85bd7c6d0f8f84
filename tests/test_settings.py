"""The settings: defaults that start, values that are refused, and messages that say the cure."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from voicebot.cli.serve import settings_of
from voicebot.errors import SettingsError
from voicebot.settings import DEVELOPMENT_TOKEN, Settings

SAFE = {
    "environment": "production",
    "public_url": "https://voicebot.city.example.jp",
    "twilio_auth_token": "a secret of the account",
}


@pytest.fixture(autouse=True)
def _no_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither variables nor a `.env` of whoever runs the tests."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"VOICEBOT_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def made(**changes: Any) -> Settings:
    """Settings with changes."""
    return Settings(**changes)


def test_without_any_setting_a_development_service_starts() -> None:
    """On the loopback only."""
    settings = made()
    assert (settings.environment, settings.host) == ("development", "127.0.0.1")
    assert settings.twilio_auth_token.get_secret_value() == DEVELOPMENT_TOKEN


def test_production_starts_with_a_secret_and_https() -> None:
    """The safe settings are accepted."""
    assert made(**SAFE).environment == "production"


@pytest.mark.parametrize(
    ("change", "cure"),
    [
        ({"twilio_auth_token": DEVELOPMENT_TOKEN}, "VOICEBOT_TWILIO_AUTH_TOKEN"),
        ({"twilio_auth_token": ""}, "VOICEBOT_TWILIO_AUTH_TOKEN"),
        ({"public_url": "http://voicebot.city.example.jp"}, "VOICEBOT_PUBLIC_URL"),
    ],
)
def test_production_refuses_what_is_unsafe(change: dict[str, str], cure: str) -> None:
    """The message names the variable, and never the secret."""
    with pytest.raises(SettingsError, match=cure) as refused:
        made(**(SAFE | change))
    assert SAFE["twilio_auth_token"] not in refused.value.message


@pytest.mark.parametrize(
    "url",
    ["", "voicebot.example.jp", "ftp://voicebot.example.jp", "https://", "https://a.example.jp?x=1", "https://a/#x"],
)
def test_an_address_that_cannot_be_signed_is_refused_everywhere(url: str) -> None:
    """Signatures are made over it, so it must be exact."""
    with pytest.raises(SettingsError, match=r"https://voicebot\.city\.example\.jp"):
        made(public_url=url)


@pytest.mark.parametrize(
    ("public", "media"),
    [
        ("https://v.example.jp", "wss://v.example.jp/twilio/media"),
        ("https://v.example.jp/", "wss://v.example.jp/twilio/media"),
        ("https://v.example.jp:8443/bot/", "wss://v.example.jp:8443/bot/twilio/media"),
        ("http://127.0.0.1:8080", "ws://127.0.0.1:8080/twilio/media"),
    ],
)
def test_the_media_address_follows_the_public_one(public: str, media: str) -> None:
    """`wss` for `https`, `ws` only where the web is plain as well."""
    assert made(public_url=public).media_url == media


def test_variables_of_the_environment_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """By name, maps as JSON."""
    monkeypatch.setenv("VOICEBOT_MAX_CALLS", "3")
    monkeypatch.setenv("VOICEBOT_TWILIO_SHARED_KEYS", '{"SK1": "shared"}')
    monkeypatch.setenv("VOICEBOT_RECOGNISERS", '{"ko": "vosk"}')
    settings = settings_of(port=9000)
    assert (settings.max_calls, settings.port, settings.recognisers) == (3, 9000, {"ko": "vosk"})
    assert settings.twilio_shared_keys == {"SK1": SecretStr("shared")}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAX_CALLS", "many"),
        ("MAX_CALLS", "0"),
        ("PORT", "70000"),
        ("JAPANESE_VOICE", "nobody"),
        ("TWILIO_SHARED_KEYS", "top-secret, not JSON"),
        ("TWILIO_SHARED_KEYS", '["top-secret"]'),
        ("RECOGNISERS", "{"),
        ("START_TIMEOUT_SECONDS", "-1"),
    ],
)
def test_a_wrong_value_is_one_message_that_names_the_variable_and_not_the_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """It may be a secret; the administrator sees which variable to mend."""
    monkeypatch.setenv(f"VOICEBOT_{name}", value)
    with pytest.raises(SettingsError) as refused:
        settings_of()
    assert f"VOICEBOT_{name}" in refused.value.message
    assert "top-secret" not in refused.value.message
    assert refused.value.__suppress_context__


def test_secrets_are_not_shown() -> None:
    """Neither by printing the settings nor by a traceback."""
    settings = made(**SAFE, twilio_shared_keys={"SK1": "shared secret"})
    assert "shared secret" not in repr(settings)
    assert "secret of the account" not in repr(settings)
    assert "secret of the account" not in str(settings)


def test_every_setting_has_a_sentence() -> None:
    """`voicebot settings` shows them."""
    for name, field in Settings.model_fields.items():
        assert (field.description or "").endswith("."), name
    assert made().database == Path("var/voicebot.db")
    assert (made().models, made().calls) == (Path("var/models"), Path("recordings/calls"))
